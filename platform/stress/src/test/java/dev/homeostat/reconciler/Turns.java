package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A machine that notes its turns, and starts one flight after a certain event. */
final class Turns implements EventLoop.Machine {
    private final Queue<Event> taken = new ConcurrentLinkedQueue<>();
    private final Set<Thread> owners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final @Nullable Event startsAfter;
    private final @Nullable Flight<?> starts;
    private @Nullable EventLoop loop;
    private boolean due;

    /** One that starts nothing. */
    Turns() {
        this(null, null);
    }

    Turns(@Nullable Event startsAfter, @Nullable Flight<?> starts) {
        this.startsAfter = startsAfter;
        this.starts = starts;
    }

    void launchBy(EventLoop launcher) {
        loop = launcher;
    }

    /** How often that event was taken in. */
    int taken(Event event) {
        return (int) taken.stream().filter(event::equals).count();
    }

    /** How often somebody was in the unlocked half of a turn while another one was at a turn. */
    int atOnce() {
        return atOnce.get();
    }

    int owners() {
        return owners.size();
    }

    @Override
    public void take(Event event) {
        taken.add(event);
        due |= event.equals(startsAfter);
    }

    @Override
    public void decide() {
        owners.add(Thread.currentThread());
        look();
    }

    @Override
    public void broke(Throwable fault) {
        throw new AssertionError(fault);
    }

    @Override
    public @Nullable Flight<?> act(boolean keepOne) {
        look();
        inside.incrementAndGet();
        Thread.onSpinWait();
        inside.decrementAndGet();
        if (!due) {
            return null;
        }
        due = false;
        if (keepOne) {
            return starts;
        }
        requireNonNull(loop).launch(requireNonNull(starts));
        return null;
    }

    private void look() {
        if (inside.get() != 0) {
            atOnce.incrementAndGet();
        }
    }
}
