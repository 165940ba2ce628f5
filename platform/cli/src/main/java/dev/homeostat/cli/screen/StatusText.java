package dev.homeostat.cli.screen;

import dev.homeostat.cli.wire.Doc;
import java.time.Instant;

/** Says in words how far a row is for one reconciler. */
public final class StatusText {
    private StatusText() {}

    /** {@code Done (3s ago)}; without an age where nobody noted the time. */
    public static String brief(Doc status, Ages ages) {
        String kind = status.text("kind");
        String name = kind.isEmpty() ? "?" : Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
        Instant updated = status.time("updatedAt");
        String what = status.flag("permanent") ? "Permanent error" : isBlocked(status) ? "Blocked" : name;
        return updated.equals(Instant.EPOCH) ? what : what + " (" + ages.ago(updated) + ")";
    }

    private static boolean isBlocked(Doc status) {
        return !status.text("blockedOn").isEmpty();
    }

    /** {@code a.txt: no space left (attempt 3, 2s ago; next in 4s)}: what fails, why, and when it is tried again. */
    public static String failure(String what, Doc status, Ages ages) {
        return failure(what, status, Instant.EPOCH, ages);
    }

    /** The same with the time since when, where that is known and says more than the last attempt: {@code (attempt 3, 2s ago; failing for 9s; next in 4s)}. */
    public static String failure(String what, Doc status, Instant since, Ages ages) {
        Instant updated = status.time("updatedAt");
        String tried = "attempt " + status.number("attempts") + ", " + ages.ago(updated);
        String failing =
                since.equals(Instant.EPOCH) || since.equals(updated) ? "" : "; failing for " + ages.length(since);
        return what + ": " + status.text("error") + " (" + tried + failing + "; " + next(status, ages) + ")";
    }

    /** Whether it is tried again, and by what: {@code retrying}, {@code permanent}, {@code blocked}. */
    public static String failureKind(Doc status) {
        return status.flag("permanent") ? "permanent" : isBlocked(status) ? "blocked" : "retrying";
    }

    /** {@code next in 4s}, {@code waits for links/eth0}. */
    public static String next(Doc status, Ages ages) {
        if (isBlocked(status)) {
            return "waits for " + status.text("blockedOn");
        }
        return status.text("nextAttempt").isEmpty()
                ? "not tried again until it changes or somebody asks for it"
                : "next " + ages.until(status.time("nextAttempt"));
    }

    public static Tint tint(Doc status) {
        return Tint.of(status.text("kind"));
    }
}
