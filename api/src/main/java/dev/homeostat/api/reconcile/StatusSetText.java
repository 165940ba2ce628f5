package dev.homeostat.api.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A set of statuses as people read it: what failed first, what is done last. */
final class StatusSetText {
    private static final Duration LONGEST_IN_SECONDS = Duration.ofMinutes(2);
    private static final Duration LONGEST_IN_MINUTES = Duration.ofHours(2);
    private static final Duration LONGEST_IN_HOURS = Duration.ofDays(2);

    private StatusSetText() {}

    static String of(StatusSet set, @Nullable Instant now) {
        StringJoiner groups = new StringJoiner(", ");
        group(groups, "Errored", StatusKind.ERROR, set, now);
        group(groups, "Pending", StatusKind.PENDING, set, now);
        group(groups, "Refreshing", StatusKind.REFRESHING, set, now);
        group(groups, "Done", StatusKind.DONE, set, now);
        return groups.length() == 0 ? "Pending" : groups.toString();
    }

    private static void group(
            StringJoiner groups, String title, StatusKind kind, StatusSet set, @Nullable Instant now) {
        StringJoiner members = new StringJoiner(" ", title + ": ", "").setEmptyValue("");
        for (String name : set.names()) {
            Status status = set.get(name);
            if (status.kind() == kind) {
                members.add(name + detail(status, now));
            }
        }
        if (members.length() > 0) {
            groups.add(members.toString());
        }
    }

    private static String detail(Status status, @Nullable Instant now) {
        String error = status.error();
        if (error != null) {
            return " (" + error.replaceAll("\\s*\\R\\s*", " ") + ")";
        }
        boolean known = now != null && !status.updatedAt().equals(Instant.EPOCH);
        return known && status.kind() == StatusKind.DONE
                ? " (" + age(Duration.between(status.updatedAt(), now)) + " ago)"
                : "";
    }

    /** In whole units, never below 0: the clock may have been set back. */
    private static String age(Duration age) {
        if (age.compareTo(LONGEST_IN_SECONDS) < 0) {
            return Math.max(0, age.toSeconds()) + "s";
        } else if (age.compareTo(LONGEST_IN_MINUTES) < 0) {
            return age.toMinutes() + "m";
        } else if (age.compareTo(LONGEST_IN_HOURS) < 0) {
            return age.toHours() + "h";
        }
        return age.toDays() + "d";
    }
}
