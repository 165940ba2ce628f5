/**
 * What the host tells JMX clients by itself: plugins that come into another state or leak, reconcilers that degrade and recover, prunes that are held, rows that
 * failed for good.
 *
 * <p>{@link dev.homeostat.host.notice.Notices} hands each notice to the beans that it is about, and those to whoever listens there, each on a thread of its own.
 */
package dev.homeostat.host.notice;
