package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

/** What a look at the target found. Made by the factories here; more kinds may come. */
public sealed interface Observation {
    /** These operations cannot look without changing, whatever the row: nobody asks them again. */
    static Observation unsupported() {
        return Unsupported.INSTANCE;
    }

    /** The target is as the row desires it: an update would change nothing. */
    static Observation inSync() {
        return InSync.INSTANCE;
    }

    /** The target differs; {@code what} says in what, in one line for a person, such as {@code mode is 600 and not 644}. */
    static Observation drift(String what) {
        return new Drift(what);
    }

    /** See {@link Observation#unsupported()}. */
    record Unsupported() implements Observation {
        private static final Unsupported INSTANCE = new Unsupported();
    }

    /** See {@link Observation#inSync()}. */
    record InSync() implements Observation {
        private static final InSync INSTANCE = new InSync();
    }

    /** See {@link Observation#drift}. */
    record Drift(String what) implements Observation {
        public Drift {
            requireNonNull(what, "what");
        }
    }
}
