/**
 * What the host shows of itself: the one place from which the command, JMX and metrics read, so that all three always say the same.
 *
 * <p>{@link dev.homeostat.host.view.HostView} is read; {@link dev.homeostat.host.view.ContributionListener} hears what comes and goes.
 */
package dev.homeostat.host.view;
