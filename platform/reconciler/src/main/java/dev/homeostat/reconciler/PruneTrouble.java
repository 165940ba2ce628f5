package dev.homeostat.reconciler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why prunes fail, until one succeeds. One that only plans can show no more than that its search works: it ends the failures of those that only planned,
 * never that of one that was to remove something. Touched by the owner of the event loop only.
 */
final class PruneTrouble {
    private @Nullable Failure removing;

    /** Since the latest of the others, if any. */
    private @Nullable Failure planning;

    private int inSequence;

    private record Failure(String reason, Instant since) {}

    /** A prune failed; {@code onlyPlanned} says whether all it was to do was a plan. */
    void failed(String reason, boolean onlyPlanned, Instant now) {
        if (onlyPlanned) {
            planning = new Failure(reason, planning == null ? now : planning.since());
        } else {
            removing = new Failure(reason, since(now));
            planning = null;
        }
        inSequence++;
    }

    /** A prune succeeded that only planned. */
    void planned() {
        planning = null;
        inSequence = removing == null ? 0 : inSequence;
    }

    /** A prune succeeded, and has removed what was to be removed. */
    void ended() {
        removing = null;
        planning = null;
        inSequence = 0;
    }

    /** How many have failed since one succeeded. */
    int inSequence() {
        return inSequence;
    }

    /** Such as {@code prune: cannot list; failing since 2026-01-01T00:00:00Z}; null when there is none. */
    @Nullable
    String text() {
        Failure latest = planning == null ? removing : planning;
        return latest == null ? null : "prune: " + latest.reason() + "; failing since " + since(latest.since());
    }

    private Instant since(Instant otherwise) {
        return removing != null ? removing.since() : planning != null ? planning.since() : otherwise;
    }
}
