package dev.homeostat.statedb.watch;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes when one of two tokens does: the watch that a write transaction gives, which ends with the answer or with the transaction's abort. The first token
 * may be shared with readers, so that an abort must not close it.
 */
public final class EitherWatch extends WaitingWatch {
    private final WatchToken answer;
    private final WatchToken abort;

    /** A watch on both. */
    public EitherWatch(WatchToken answer, WatchToken abort) {
        this.answer = answer;
        this.abort = abort;
    }

    @Override
    public boolean isClosed() {
        return answer.isClosed() || abort.isClosed();
    }

    @Override
    public Registration onClose(Runnable listener) {
        AtomicBoolean called = new AtomicBoolean();
        Runnable once = () -> {
            if (called.compareAndSet(false, true)) {
                WatchToken.run(listener);
            }
        };
        Registration ofAnswer = answer.onClose(once);
        Registration ofAbort = abort.onClose(once);
        return () -> {
            called.set(true);
            ofAnswer.close();
            ofAbort.close();
        };
    }
}
