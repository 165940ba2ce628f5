package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one operation came to. Made by the factories here; more kinds may come. */
public sealed interface Outcome {
    /** The target is as desired. */
    static Outcome done() {
        return Done.INSTANCE;
    }

    /** It failed; try again after the reconciler's backoff. */
    static Outcome retry(String reason) {
        return new Retry(reason, null);
    }

    /** It failed; try again after that time, which must be positive. */
    static Outcome retry(String reason, Duration after) {
        return new Retry(reason, requireNonNull(after, "after"));
    }

    /** It failed, and trying again is of no use until the row changes or somebody asks for a retry. */
    static Outcome permanent(String reason) {
        return new Permanent(reason);
    }

    /** See {@link Outcome#done()}. */
    record Done() implements Outcome {
        private static final Done INSTANCE = new Done();
    }

    /** See {@link Outcome#retry}. */
    record Retry(String reason, @Nullable Duration after) implements Outcome {
        public Retry {
            requireNonNull(reason, "reason");
            if (after != null && (after.isNegative() || after.isZero())) {
                throw new IllegalArgumentException("after: must be positive, but was " + after);
            }
        }
    }

    /** See {@link Outcome#permanent}. */
    record Permanent(String reason) implements Outcome {
        public Permanent {
            requireNonNull(reason, "reason");
        }
    }
}
