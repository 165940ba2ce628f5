package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;

/**
 * For work that is too long for one turn: wants another turn soon, when the loop has given way to whoever else has something. Touched by the owner of the event
 * loop only.
 */
final class MoreTurns {
    private final Scheduler scheduler;
    private final EventLoop loop;
    private final Outbox outbox;
    private boolean comes;

    MoreTurns(Scheduler scheduler, EventLoop loop, Outbox outbox) {
        this.scheduler = scheduler;
        this.loop = loop;
        this.outbox = outbox;
    }

    /** There is more to be done. */
    void want() {
        if (!comes) {
            comes = true;
            outbox.afterwards(this::bring);
        }
    }

    /** That turn has come. */
    void came() {
        comes = false;
    }

    private void bring() {
        try {
            scheduler.execute(() -> loop.post(Event.Look.AT_MORE_CHANGES));
        } catch (RuntimeException | Error e) { // then without giving way
            loop.post(Event.Look.AT_MORE_CHANGES);
        }
    }
}
