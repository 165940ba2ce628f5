/**
 * JMX for other machines: a connector of the JDK on one TCP port, with TLS and passwords, or none at all.
 *
 * <p>{@link dev.homeostat.host.remote.RemoteJmx} opens it. Whoever connects has to log in against {@link dev.homeostat.host.remote.Users}, and a role says what is let
 * through to the beans.
 */
package dev.homeostat.host.remote;
