/**
 * The JVM's threads: a dump that lists virtual ones too, and {@link dev.homeostat.host.threads.CarrierWatch}, which sees to it that plugin code that never
 * pauses keeps no other virtual thread from running.
 */
package dev.homeostat.host.threads;
