package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations that run: those that take a slot, by their deadlines, and those that were abandoned and have not ended yet. */
final class Slots<T> {
    private final Scheduler scheduler;
    private final Outbox outbox;
    private final DueQueue<Attempt<T>> running = new DueQueue<>();
    private final Set<Attempt<T>> abandoned = new LinkedHashSet<>();

    Slots(Scheduler scheduler, Outbox outbox) {
        this.scheduler = scheduler;
        this.outbox = outbox;
    }

    /** The number of slots that are taken. */
    int taken() {
        return running.size();
    }

    /** Those that passed their deadline and still run. */
    Set<Attempt<T>> abandoned() {
        return abandoned;
    }

    Attempt<T> start(Attempt.Brief<T> brief, Attempt.Body<T> body, Attempt.End<T> end, Options options, long now) {
        Attempt<T> attempt = new Attempt<>(brief, body, end, scheduler, now, Nanos.of(options.operationDeadline()));
        running.add(attempt);
        outbox.start(attempt);
        return attempt;
    }

    void ended(Attempt<T> attempt) {
        if (attempt.isAbandoned()) {
            abandoned.remove(attempt);
            attempt.endLate();
        } else {
            running.remove(attempt);
            attempt.end(attempt.outcome());
        }
    }

    /** Gives up those whose deadline has come. */
    void expire(long now) {
        for (Attempt<T> late = running.pollDue(now); late != null; late = running.pollDue(now)) {
            giveUp(late, "did not end within its deadline of " + Duration.ofNanos(late.allowedNanos()));
        }
    }

    void cancelAll(boolean interrupt) {
        running.forEach(attempt -> attempt.cancel(interrupt));
    }

    void giveUpAll(String reason) {
        List<Attempt<T>> all = new ArrayList<>();
        running.forEach(all::add);
        for (Attempt<T> attempt : all) {
            running.remove(attempt);
            giveUp(attempt, reason);
        }
    }

    /** The earliest deadline, or null. */
    @Nullable
    Attempt<T> first() {
        return running.first();
    }

    private void giveUp(Attempt<T> attempt, String reason) {
        attempt.abandon();
        abandoned.add(attempt);
        attempt.end(Outcome.retry(reason));
    }
}
