package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Cause;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One operation as the target's side saw it: what it was for, when it began and ended, and what it told the reconciler. */
final class Call {
    enum Kind {
        UPDATE,
        DELETE,
        SEARCH,
        REMOVAL
    }

    enum Result {
        RUNNING,
        DONE,
        FAILED,
        PERMANENT,
        BLOCKED,
        /** Its process is gone, or its reconciler was stopped before it ended: nobody will hear of it. */
        LOST
    }

    final Life<?> life;
    final Kind kind;

    /** Null for the search of a prune, and for a removal that belongs to no row key. */
    final @Nullable Key key;

    final String name;
    final long generation;
    final int number;
    final Cause cause;
    final Map<String, String> facts;
    final long beganNanos;
    long deadlineNanos;
    long endedNanos;

    /** When it told what it came to. */
    long toldNanos = Long.MAX_VALUE;

    private boolean running = true;

    /** The batch that it is an entry of. */
    @Nullable
    Batch batch;

    Result result = Result.RUNNING;
    String error = "";

    /** The row that must come first. */
    @Nullable
    Key blockedOn;

    /** The delay that it asked for. */
    @Nullable
    Duration asked;

    /** What it learned, so far. */
    Map<String, String> learned;

    /** Whether its own snapshot had the row. */
    boolean rowWasThere;

    /** How many removals a search registered. */
    int registered;

    /** Those of them that belong to no row key. */
    final Set<String> keyless = new HashSet<>();

    Call(
            Life<?> life,
            Kind kind,
            @Nullable Key key,
            String name,
            long generation,
            int number,
            Cause cause,
            Map<String, String> facts,
            long beganNanos,
            long deadlineNanos) {
        this.life = life;
        this.kind = kind;
        this.key = key;
        this.name = name;
        this.generation = generation;
        this.number = number;
        this.cause = cause;
        this.facts = facts;
        this.learned = facts;
        this.beganNanos = beganNanos;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isOnARow() {
        return kind == Kind.UPDATE || kind == Kind.DELETE;
    }

    boolean isOn(Key other) {
        return key != null && key.equals(other);
    }

    boolean isRunning() {
        return running;
    }

    /** How long the updates of a batch wait for its deletes while a slot is free: a second, or a tenth of the time that is allowed where that is less. */
    long patienceNanos() {
        return Math.min(1_000_000_000, (deadlineNanos - beganNanos) / 10);
    }

    /** What it takes a slot with: its batch, or itself. */
    Object slot() {
        return batch == null ? this : batch;
    }

    /** It has told what it came to; an entry of a batch may still have to wait for the others. */
    void tells(Result what, long now) {
        result = what;
        toldNanos = now;
    }

    void ends(long now) {
        endedNanos = now;
        running = false;
    }

    /** Its batch goes on, with halves of those that were left open. */
    void goesOn(long deadline) {
        deadlineNanos = deadline;
        running = true;
    }

    /** It is tried once more as an entry of the same attempt. */
    void isOpenAgain() {
        result = Result.RUNNING;
        toldNanos = Long.MAX_VALUE;
        error = "";
        blockedOn = null;
        asked = null;
    }

    /** Whether the reconciler had given it up by then. */
    boolean isAbandoned(long now) {
        return now >= deadlineNanos && (isRunning() || endedNanos >= deadlineNanos);
    }

    /** Whether the reconciler had given it up before it told anything. */
    boolean isLate(long now) {
        return isAbandoned(now) && toldNanos >= deadlineNanos;
    }

    /** Whether the reconciler counts it as over. */
    boolean isOver(long now) {
        return !isRunning() || isAbandoned(now);
    }

    /** When it was over for the reconciler. */
    long overNanos() {
        return isRunning() ? deadlineNanos : Math.min(endedNanos, deadlineNanos);
    }

    /** Whether the reconciler must take it for a failure. */
    boolean hasFailed(long now) {
        boolean says = result == Result.FAILED || result == Result.PERMANENT || result == Result.BLOCKED;
        return isLate(now) || (says && isOver(now));
    }

    /** Whether it is for good. */
    boolean isPermanent(long now) {
        return result == Result.PERMANENT && isOver(now) && !isLate(now);
    }

    /** Whether it waits for another row. */
    boolean isBlocked(long now) {
        return result == Result.BLOCKED && isOver(now) && !isLate(now);
    }

    /** Whether it is done in time. */
    boolean isDone(long now) {
        return result == Result.DONE && isOver(now) && !isLate(now);
    }

    @Override
    public String toString() {
        String what = kind.name().toLowerCase(Locale.ROOT) + (name.isEmpty() ? "" : " " + name);
        return isOnARow() ? what + "@" + generation + " #" + number + " " + cause : what;
    }
}
