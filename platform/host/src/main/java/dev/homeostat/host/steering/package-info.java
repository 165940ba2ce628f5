/**
 * Who decides the options of a reconciler while it runs. From weak to strong: the defaults, the plugin (at its start or later from its code), the
 * configuration, and whoever steers by command or JMX.
 *
 * <p>{@link dev.homeostat.host.steering.ReconcilerSteering} holds the layers, and puts their sum into the running reconcilers.
 */
package dev.homeostat.host.steering;
