/**
 * What outlives a plugin's reload: rows, as documents at their revisions, and what reconcilers remember of them.
 *
 * <p>A {@link dev.homeostat.host.handover.Carried} is filled while the old version's contributions stop, and read while the new one's start. Nothing in it
 * names a class of a plugin, so that the old version's can go. What does not fit the new version goes to the {@link dev.homeostat.host.handover.RejectedRows}.
 */
package dev.homeostat.host.handover;
