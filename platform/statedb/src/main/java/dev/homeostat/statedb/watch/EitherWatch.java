package dev.homeostat.statedb.watch;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
        Once once = new Once(listener);
        once.ofAnswer = answer.onClose(once);
        once.ofAbort = abort.onClose(once);
        if (once.called.get()) {
            once.leave(); // it was called before both places were known
        }
        return once;
    }

    /** A listener with a place in both tokens, called by the first that closes; then it leaves the other one, which may stay open for long. */
    private static final class Once implements Runnable, Registration {
        private final Runnable listener;
        private final AtomicBoolean called = new AtomicBoolean();
        private volatile @Nullable Registration ofAnswer;
        private volatile @Nullable Registration ofAbort;

        Once(Runnable listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            if (called.compareAndSet(false, true)) {
                WatchToken.run(listener);
                leave();
            }
        }

        @Override
        public void close() {
            called.set(true);
            leave();
        }

        private void leave() {
            Registration first = ofAnswer;
            Registration second = ofAbort;
            if (first != null) {
                first.close();
            }
            if (second != null) {
                second.close();
            }
        }
    }
}
