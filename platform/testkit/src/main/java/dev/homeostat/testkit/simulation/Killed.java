package dev.homeostat.testkit.simulation;

/** The process that this runs in is gone; what is left of it unwinds and touches nothing. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("the simulated process is gone", null, false, false);
    }
}
