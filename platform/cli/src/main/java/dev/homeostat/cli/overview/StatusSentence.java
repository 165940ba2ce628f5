package dev.homeostat.cli.overview;

import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.wire.Doc;
import java.time.Instant;

/** Says in a sentence how far a row is for one reconciler, and since when. */
final class StatusSentence {
    private final Doc status;
    private final Doc reconciler;
    private final Ages ages;

    /** @param reconciler as {@code explain} has it */
    StatusSentence(Doc reconciler, Ages ages) {
        this.reconciler = reconciler;
        this.status = reconciler.doc("status");
        this.ages = ages;
    }

    String text() {
        boolean exists = reconciler.flag("exists");
        String generation = " at generation " + status.number("generation");
        return switch (status.text("kind")) {
            case "done" -> "It is as desired" + generation + when(", checked ") + ".";
            case "pending" ->
                (exists ? "It was changed, and waits for an attempt" : "Its delete waits for an attempt") + generation
                        + ".";
            case "refreshing" -> "It was done" + generation + ", and is to be checked against the target again.";
            case "error" -> failure(generation);
            default -> exists ? "Nothing is known of it here yet." : "There is nothing of it here.";
        };
    }

    private String failure(String generation) {
        String attempt = "attempt " + status.number("attempts") + generation;
        if (status.flag("permanent")) {
            return "It has failed for good, with " + attempt + when(", ") + ": it is not tried again by itself.";
        }
        String blockedOn = status.text("blockedOn");
        return (blockedOn.isEmpty() ? "It fails" : "It is blocked on " + blockedOn) + length() + ": " + attempt
                + " failed" + when(" ") + ".";
    }

    private String when(String before) {
        Instant updated = status.time("updatedAt");
        return updated.equals(Instant.EPOCH) ? "" : before + ages.ago(updated);
    }

    private String length() {
        Instant since = reconciler.time("failingSince");
        return since.equals(Instant.EPOCH) ? "" : ", for " + ages.length(since) + " by now";
    }
}
