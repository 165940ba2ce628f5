/**
 * The interfaces of the host's MXBeans. Exported, for that is how the JDK calls them, and so that a Java client can make proxies of them.
 */
package dev.homeostat.host.mxbean;
