package dev.homeostat.host.control;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;

/** What a connection is at, and since when. Set by its thread, read by any. */
final class Stage {
    private enum Kind {
        READING,
        ANSWERING,
        WRITING
    }

    private record Now(Kind kind, long since) {}

    private final Scheduler clock;
    private volatile Now now;

    Stage(Scheduler clock) {
        this.clock = clock;
        this.now = new Now(Kind.READING, clock.nanoTime());
    }

    /** It waits for a whole request. */
    void reads() {
        become(Kind.READING);
    }

    /** It works. */
    void answers() {
        become(Kind.ANSWERING);
    }

    /** It waits for the client to read. */
    void writes() {
        become(Kind.WRITING);
    }

    private void become(Kind kind) {
        now = new Now(kind, clock.nanoTime());
    }

    /** How long it has been waiting for a request; zero when it is not. */
    Duration idle() {
        return within(Kind.READING);
    }

    /** How long it has been waiting for the client to read; zero when it is not. */
    Duration blocked() {
        return within(Kind.WRITING);
    }

    private Duration within(Kind kind) {
        Now seen = now;
        return seen.kind() == kind ? Duration.ofNanos(clock.nanoTime() - seen.since()) : Duration.ZERO;
    }
}
