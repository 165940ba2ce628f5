package dev.homeostat.host.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call that was to change something.
 *
 * @param time when it was asked for
 * @param caller who asked
 * @param method as in the protocol
 * @param params what it was given; what is called a secret is not kept, and what is long is shortened
 * @param outcome what came of it
 * @param message what changed, or why nothing did; shortened where it is long
 * @param took until it was answered
 */
public record Act(
        Instant time, Caller caller, String method, ObjectNode params, Outcome outcome, String message, Duration took) {
    public Act {
        params = Redacted.of(params, Set.of());
        message = Redacted.message(message);
    }

    /** What came of a call. */
    public enum Outcome {
        /** It was done; that may be nothing, where nothing was to do. */
        DONE,
        /** It could not be understood, or is about something that is not there: nothing was changed. */
        REFUSED,
        /** It was tried and failed. */
        FAILED,
        /** It was begun, and nobody waited for its end. */
        UNFINISHED
    }
}
