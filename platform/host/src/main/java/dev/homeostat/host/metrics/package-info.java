/**
 * Figures for machines: a Dropwizard registry, published as MBeans in the domain {@code dev.homeostat.metrics}.
 *
 * <p>{@link dev.homeostat.host.metrics.HostMetrics} has it all. Metrics are named {@code tables.TABLE.FIGURE}, {@code reconcilers.TABLE/NAME.FIGURE} and
 * {@code plugins.ID/NAME}; each goes when what it is about goes.
 */
package dev.homeostat.host.metrics;
