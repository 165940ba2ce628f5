/** The reconciler, an event-driven core that is given its executor, timer and clock. */
package dev.homeostat.reconciler;
