/**
 * A {@link dev.homeostat.testkit.fakes.VirtualScheduler} that holds time and order in the hands of a test, and a
 * {@link dev.homeostat.testkit.fakes.FakeTarget} that stands for the system which a reconciler moves.
 */
package dev.homeostat.testkit.fakes;
