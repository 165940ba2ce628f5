package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Watch;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A plugin's listeners to the watches of one table, which are linked in the engine as long as the watch is open. Safe for all threads. */
final class WatchListeners {
    private final Set<Listener> linked = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Links the listener; once these are closed, to nothing. */
    Watch.Registration listen(Watch watch, Runnable action) {
        Listener listener = new Listener(action);
        linked.add(listener);
        if (closed) {
            listener.close();
        } else {
            listener.linked(watch.onClose(listener));
        }
        return listener;
    }

    /** Unlinks all. */
    void close() {
        closed = true;
        linked.forEach(Listener::close);
    }

    /** A listener until it was called or closed. */
    private final class Listener implements Runnable, Watch.Registration {
        private @Nullable Runnable action;
        private Watch.@Nullable Registration registration;

        Listener(Runnable action) {
            this.action = action;
        }

        /** The engine may have called it by then, and somebody else closed it. */
        void linked(Watch.Registration made) {
            synchronized (this) {
                if (action != null) {
                    registration = made;
                    return;
                }
            }
            made.close();
        }

        @Override
        public void run() {
            Runnable taken = take();
            if (taken != null) {
                taken.run();
            }
        }

        private synchronized @Nullable Runnable take() {
            linked.remove(this);
            Runnable taken = action;
            action = null;
            return taken;
        }

        @Override
        public void close() {
            take();
            Watch.Registration made;
            synchronized (this) {
                made = registration;
                registration = null;
            }
            if (made != null) {
                made.close();
            }
        }
    }
}
