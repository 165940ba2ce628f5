package dev.homeostat.reconciler;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What must be done once before anybody can walk through the statuses; it looks at all rows, so it runs beside the loop. */
final class WalkPreparation implements Errand {
    private final Runnable work;
    private @Nullable Throwable failure;

    WalkPreparation(Runnable work) {
        this.work = work;
    }

    @Override
    public void run() {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    @Override
    public void refuse(String reason) {
        failure = new RejectedExecutionException(reason);
    }

    @Override
    public Event ended() {
        return new Event.WalksPrepared(this);
    }

    Runnable work() {
        return work;
    }

    /** Why it could not be done, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
