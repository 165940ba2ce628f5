package dev.homeostat.host.notice;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener at one bean. It is called by one thread at a time, never by the one that has something to tell; while it hangs, the newest thousand notices wait for it,
 * and nobody else waits. Safe for all threads.
 */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final int MOST_WAITING = 1000;

    private final NotificationListener listener;
    private final @Nullable NotificationFilter filter;
    private final @Nullable Object handback;
    private final String owner;
    private final WeakReference<ClassLoader> ownerLoader;
    private final Deque<Notification> waiting = new ArrayDeque<>(); // guarded by this
    private boolean draining; // guarded by this
    private boolean ended; // guarded by this
    private boolean lost; // guarded by this

    /** @param owner the class that added it, as far as that is none of the JDK's or the host's own */
    Subscription(
            NotificationListener listener,
            @Nullable NotificationFilter filter,
            @Nullable Object handback,
            @Nullable Class<?> owner) {
        this.listener = listener;
        this.filter = filter;
        this.handback = handback;
        this.owner = owner == null ? "" : owner.getName();
        this.ownerLoader = new WeakReference<>(owner == null ? null : owner.getClassLoader());
    }

    boolean isOf(NotificationListener other) {
        return listener.equals(other);
    }

    @SuppressWarnings("ReferenceEquality") // as the broadcaster of the JDK compares
    boolean isOf(NotificationListener other, @Nullable NotificationFilter otherFilter, @Nullable Object otherHandback) {
        return listener.equals(other) && filter == otherFilter && handback == otherHandback;
    }

    String owner() {
        return owner;
    }

    @Nullable
    ClassLoader ownerLoader() {
        return ownerLoader.get();
    }

    void tell(Notification notification, Executor threads) {
        boolean first;
        synchronized (this) {
            if (ended) {
                return;
            }
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
                warnOnce();
            }
            waiting.addLast(notification);
            first = !draining;
            draining = true;
        }
        if (first) {
            begin(threads);
        }
    }

    private void begin(Executor threads) {
        try {
            threads.execute(this::drain);
        } catch (RuntimeException | Error e) { // no memory for a thread: with the next notice there may be
            synchronized (this) {
                draining = false;
            }
            LOG.warn(
                    "a JMX notification listener{} is told later, together with what comes next: {}",
                    owner.isEmpty() ? "" : " of " + owner,
                    e.toString());
        }
    }

    private void warnOnce() {
        if (!lost) {
            lost = true;
            LOG.warn(
                    "a JMX notification listener{} is too slow: the oldest of {} notifications that wait for it are"
                            + " left out",
                    owner.isEmpty() ? "" : " of " + owner,
                    MOST_WAITING);
        }
    }

    private void drain() {
        for (Notification next = next(); next != null; next = next()) {
            try {
                if (filter == null || filter.isNotificationEnabled(next)) {
                    listener.handleNotification(next, handback);
                }
            } catch (RuntimeException | Error e) { // a listener that fails must not keep others from hearing
                LOG.warn("a JMX notification listener{} failed", owner.isEmpty() ? "" : " of " + owner, e);
            }
        }
    }

    private synchronized @Nullable Notification next() {
        Notification next = waiting.pollFirst();
        draining = next != null;
        return next;
    }

    /** Nothing more is told; what waits still is. */
    synchronized void end() {
        ended = true;
    }

    /** Nothing more is told, nor what waits. */
    synchronized void drop() {
        ended = true;
        waiting.clear();
    }
}
