package dev.homeostat.host.plugin;

import dev.homeostat.host.handover.Carried;
import java.time.Duration;
import java.util.List;

/** One thing that a plugin contributes. Declared by the plugin; started and stopped once each, by the host. */
interface Contribution {
    /** When it starts, and when it stops as the whole host does. */
    enum Kind {
        /** Made first, for the plugins that depend on it. */
        TABLE,
        /** Runs plugin code by itself: jobs and sources; ends first. */
        WORK,
        /** Drains after the work has ended. */
        RECONCILER,
        /** All else: ends last, in reverse order. */
        OTHER;

        /**
         * What starts when the tables are there, in this order: what acts on the world comes last, so that a version that cannot start has done nothing there that
         * nobody remembers.
         */
        static final List<Kind> AFTER_TABLES = List.of(OTHER, RECONCILER, WORK);
    }

    /** What it is. */
    Kind kind();

    /** How much longer than anything else it may take to start or to stop, for what it hands over or is handed. */
    default Duration extra(Carried carried) {
        return Duration.ZERO;
    }

    /** What a person calls it: {@code table "memos"}. */
    String thing();

    /**
     * Brings it to life; what it throws stops the whole plugin.
     *
     * @param carried what it goes on from, if there is something of its name; stays as it is
     */
    void start(Carried carried) throws Exception;

    /**
     * Ends it, in time before the deadline, and lets go of everything of the plugin.
     *
     * @param carried takes in what another is to go on from; nothing of a class of the plugin
     * @throws Exception says what did not end; the rest of the plugin is stopped all the same
     */
    void stop(Deadline deadline, Carried carried) throws Exception;
}
