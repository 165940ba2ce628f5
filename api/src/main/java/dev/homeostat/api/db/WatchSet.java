package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for any of many watches, each known by a name of the caller's.
 *
 * <pre>{@code
 * WatchSet<String> set = new WatchSet<>();
 * set.add("memos", memos.all(txn).watch());
 * set.add("links", links.all(txn).watch());
 * for (String changed : set.awaitSettled(Duration.ofMillis(50))) { …; set.add(changed, …); }
 * }</pre>
 *
 * <p>A wait gives the names of the watches that closed, and forgets these. Safe for all threads; where several wait, each closed name goes to one of them.
 * Close it to leave nothing behind in the watches that are still open.
 *
 * @param <K> the names, with {@code equals} and {@code hashCode}
 */
public final class WatchSet<K> implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingClosed = lock.newCondition();
    private final Map<K, Member<K>> members = new HashMap<>();
    private final Set<K> closed = new LinkedHashSet<>();

    /** An empty set. */
    public WatchSet() {}

    /** Adds a watch; takes the place of one that was added under the same name. One that is closed already ends the next wait at once. */
    public void add(K name, Watch watch) {
        Member<K> member = new Member<>(this, requireNonNull(name, "name"));
        requireNonNull(watch, "watch");
        lock.lock();
        try {
            forget(name);
            members.put(name, member);
            boolean registered = false;
            try {
                member.registration = watch.onClose(member);
                registered = true;
            } finally {
                if (!registered) {
                    members.remove(name);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes a watch, closed or not; says whether there was one of that name. */
    public boolean remove(K name) {
        lock.lock();
        try {
            return forget(name);
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a watch of that name, closed or not, that no wait has given yet. */
    public boolean contains(K name) {
        lock.lock();
        try {
            return members.containsKey(name);
        } finally {
            lock.unlock();
        }
    }

    /** The number of watches, closed ones that no wait has given yet counted in. */
    public int size() {
        lock.lock();
        try {
            return members.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a watch closes, then for the settling time, in which others may close too, and gives the names of all that closed; never none. Waits for ever
     * while the set is empty.
     */
    public Set<K> awaitSettled(Duration settle) throws InterruptedException {
        return waitAndTake(null, settle);
    }

    /** The same, but gives none when no watch closed before the time-out. The settling time comes on top. */
    public Set<K> awaitSettled(Duration timeout, Duration settle) throws InterruptedException {
        return waitAndTake(requireNonNull(timeout, "timeout"), settle);
    }

    private Set<K> waitAndTake(@Nullable Duration timeout, Duration settle) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(timeout);
            while (true) {
                while (closed.isEmpty()) {
                    if (left <= 0) {
                        return Set.of();
                    }
                    if (timeout == null) {
                        somethingClosed.await();
                    } else {
                        left = somethingClosed.awaitNanos(left);
                    }
                }
                long quiet = TimeUnit.NANOSECONDS.convert(settle);
                while (quiet > 0 && closed.size() < members.size()) {
                    quiet = somethingClosed.awaitNanos(quiet);
                }
                if (!closed.isEmpty()) { // else another one took them while this one let them settle
                    return take();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes all watches. The set can be used again. */
    @Override
    public void close() {
        lock.lock();
        try {
            members.values().forEach(Member::unregister);
            members.clear();
            closed.clear();
        } finally {
            lock.unlock();
        }
    }

    private Set<K> take() {
        Set<K> taken = new LinkedHashSet<>(closed);
        members.keySet().removeAll(taken);
        closed.clear();
        return taken;
    }

    private boolean forget(K name) {
        Member<K> member = members.remove(name);
        closed.remove(name);
        if (member != null) {
            member.unregister();
        }
        return member != null;
    }

    private void closed(Member<K> member) {
        lock.lock();
        try {
            if (members.get(member.name) == member && closed.add(member.name)) {
                somethingClosed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A watch's place in the set; told by the watch when it closes. */
    private static final class Member<K> implements Runnable {
        private final WatchSet<K> set;
        private final K name;
        private Watch.@Nullable Registration registration;

        Member(WatchSet<K> set, K name) {
            this.set = set;
            this.name = name;
        }

        @Override
        public void run() {
            set.closed(this);
        }

        void unregister() {
            if (registration != null) {
                registration.close();
            }
        }
    }
}
