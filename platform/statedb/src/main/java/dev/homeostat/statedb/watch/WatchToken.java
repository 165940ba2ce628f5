package dev.homeostat.statedb.watch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch that something closes, once: a part of a tree that a commit replaced ({@link Watched}, which tells the whole story), or a transaction that
 * aborted.
 *
 * <p>Listeners form a doubly linked list, so that one which gives up is unlinked at once, however long the token lives: a wait that timed out leaves
 * nothing behind. The newest is called first. The list and {@code closed} change under the token's monitor; {@code closed} is also read without it. A
 * listener that is added meanwhile is either in the list when it is taken out, or finds {@code closed} and runs at once, on its own thread.
 *
 * <p>Listeners run outside of the monitor, on the thread that closes: for a commit that is the committing thread, which still holds its tables' locks. What
 * one throws is logged, and neither the commit nor the other listeners notice.
 */
public final class WatchToken extends WaitingWatch {
    /** A token that is closed from the beginning. */
    public static final WatchToken CLOSED = new WatchToken();

    private static final Logger LOG = LoggerFactory.getLogger(WatchToken.class);
    private static final Registration NOTHING = () -> {};

    static {
        CLOSED.close();
    }

    private static final ThreadLocal<Boolean> CALLING = new ThreadLocal<>();

    private volatile boolean closed;
    private @Nullable Listener first;

    /** An open token. */
    public WatchToken() {}

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Closes the token and calls its listeners; a second call does nothing. */
    public void close() {
        Listener next;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            next = first;
            first = null;
        }
        if (next != null) {
            callFrom(next);
        }
    }

    /** Whether this thread is closing a token right now, and runs one of its listeners. */
    public static boolean isCallingListeners() {
        return CALLING.get() != null;
    }

    private static void callFrom(Listener first) {
        boolean nested = isCallingListeners();
        CALLING.set(Boolean.TRUE);
        try {
            for (Listener next = first; next != null; ) {
                Listener listener = next;
                next = listener.next;
                listener.call();
            }
        } finally {
            if (!nested) {
                CALLING.remove();
            }
        }
    }

    @Override
    public Registration onClose(Runnable action) {
        if (!closed) {
            synchronized (this) {
                if (!closed) {
                    Listener listener = new Listener(this, action, first);
                    if (first != null) {
                        first.previous = listener;
                    }
                    first = listener;
                    return listener;
                }
            }
        }
        run(action);
        return NOTHING;
    }

    /** The number of listeners that are linked: for tests that look for leaks. */
    public synchronized int listeners() {
        int count = 0;
        for (Listener listener = first; listener != null; listener = listener.next) {
            count++;
        }
        return count;
    }

    private synchronized void unlink(Listener listener) {
        if (closed || listener.unlinked) {
            return;
        }
        listener.unlinked = true;
        Listener before = listener.previous;
        Listener after = listener.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
    }

    /** Calls a listener, whatever it does. */
    static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable t) { // whatever a listener throws must not reach the thread that commits
            LOG.error("a listener of a watch failed: {}", action.getClass().getName(), t);
        }
    }

    private static final class Listener implements Registration {
        private final WatchToken token;
        private final Runnable action;
        private @Nullable Listener next;
        private @Nullable Listener previous;
        private boolean unlinked;

        Listener(WatchToken token, Runnable action, @Nullable Listener next) {
            this.token = token;
            this.action = action;
            this.next = next;
        }

        void call() {
            run(action);
        }

        @Override
        public void close() {
            token.unlink(this);
        }
    }
}
