package dev.homeostat.host.control;

/** Hears what was asked to be done, whoever asked and whatever came of it. Called by the thread of the call, after it; for all threads. Throws nothing. */
@FunctionalInterface
public interface Audit {
    /** Keeps nothing. */
    Audit NONE = act -> {};

    /** Something was asked to be done. */
    void acted(Act act);
}
