package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slots for operations: {@code concurrency} of them, each taken by one {@link Flight}. A turn fills the free ones, one operation for each in turn, then a
 * second one for each, up to the length of a slice; what is in one slot runs in that order on one thread.
 *
 * <p>Nothing waits behind a slow operation: what has not begun a millisecond after the launch is taken back, and at once when another slot is idle. Only the
 * updates of a batch wait for its deletes: until these are {@linkplain Flight#isSlow slow} and another slot is idle, or up to their deadline.
 */
final class Slots<T> {
    private static final long LONGEST_BEHIND = Duration.ofMillis(1).toNanos();

    /** The most operations that one turn starts, so that it is soon over. */
    private static final int MOST_A_TURN = 4096;

    private final Setup<T> setup;
    private final Outbox outbox;
    private final TurnTime time;
    private final Supplier<Options> options;
    private final RoundLimit rounds;
    private final SliceLength length = new SliceLength();
    private final DueQueue<Flight<T>> inTheAir = new DueQueue<>();
    private final Set<Attempt<T>> abandoned = new LinkedHashSet<>();
    private final List<Flight<T>> filling = new ArrayList<>();
    private final List<Flight<T>> alone = new ArrayList<>();
    private int filled;

    /** What broke where an operation was settled, until somebody {@linkplain #tellFault is told}. */
    private @Nullable Throwable fault;

    Slots(Setup<T> setup, Outbox outbox, TurnTime time, Supplier<Options> options, RoundLimit rounds) {
        this.setup = setup;
        this.outbox = outbox;
        this.time = time;
        this.options = options;
        this.rounds = rounds;
    }

    /** The number of slots that are taken. */
    int taken() {
        return inTheAir.size() + filling.size() + alone.size();
    }

    /** Those that passed their deadline and still run. */
    Set<Attempt<T>> abandoned() {
        return abandoned;
    }

    /** The number of operations that were given a place and have not begun. */
    long waiting() {
        long[] sum = {0};
        inTheAir.forEach(flight -> sum[0] += flight.waiting());
        return sum[0];
    }

    /** Whether a slot is free. */
    boolean isFree() {
        return taken() < options.get().concurrency();
    }

    /** Whether an operation can be started, in a slot of its own or behind others that start in this turn. */
    boolean hasRoom() {
        if (setup.isBatched() && !filling.isEmpty()) {
            return filling.getLast().size() < batchSize() || isFree();
        }
        return isFree() || filled < filling.size() * sliceLength();
    }

    /** Starts an operation; there must be room. */
    void start(Attempt<T> attempt) {
        if (setup.isBatched() && !filling.isEmpty() && filling.getLast().size() < batchSize()) {
            filling.getLast().add(attempt);
        } else if (isFree()) {
            Flight<T> flight = newFlight();
            filling.add(flight);
            flight.add(attempt);
        } else {
            filling.get(filled % filling.size()).add(attempt);
        }
        filled++;
    }

    /** Starts an operation in a slot of its own; one must be free. */
    void startAlone(Attempt<T> attempt) {
        Flight<T> flight = newFlight();
        flight.add(attempt);
        flight.setAlone();
        alone.add(flight);
    }

    /** Lets go what this turn started. */
    void launch() {
        filling.forEach(this::launch);
        alone.forEach(this::launch);
        filling.clear();
        alone.clear();
        filled = 0;
    }

    /** Where a slot is free, takes back half of what waits behind others, and all that waits behind slow deletes of its batch; says whether there was any. */
    boolean takeBackForFreeSlots(long now) {
        if (!isFree()) {
            return false;
        }
        int[] sum = {0};
        inTheAir.forEach(flight -> {
            if (flight.size() > 1) {
                sum[0] += takeBack(flight, flight.keepsForFreeSlot(now));
            }
        });
        return sum[0] > 0;
    }

    /** Takes back all that has not begun, and lets no batch be halved further: the rules have changed. */
    void takeBackAll() {
        inTheAir.forEach(flight -> {
            flight.endHalving();
            takeBack(flight, 0);
        });
    }

    /** Takes back the refreshes that have not begun, and what waits with them: something more urgent has come. A batch is not torn: its deletes come first. */
    void takeBackRefreshes() {
        inTheAir.forEach(flight -> {
            if (flight.hasRefreshes()) {
                takeBack(flight, flight.keepsBatches());
            }
        });
    }

    /**
     * Settles the operations on rows that have ended so far; says whether there was any. What else ends, the search of a prune above all, leads to more than a
     * looker's thread may do.
     */
    boolean settleAll() {
        boolean[] any = {false};
        inTheAir.forEach(flight -> any[0] |= !flight.isAlone() && settle(flight));
        return any[0];
    }

    void ended(Flight<T> flight) {
        inTheAir.remove(flight);
        settle(flight);
    }

    /** Settles what ended. Of those whose time has come takes back what waits, and gives up what passed its deadline. */
    void expire(long now) {
        inTheAir.forEach(flight -> {
            if (flight.size() > 1) {
                settle(flight);
            }
        });
        for (Flight<T> late = inTheAir.pollDue(now); late != null; late = inTheAir.pollDue(now)) {
            int behind = takeBack(late, late.keepsBatches());
            settle(late);
            if (behind > 0) {
                length.took(late.begun(), now - late.launchedNanos());
            }
            if (isInTime(late, now) || isInTimeWithoutItsNextStep(late, now)) {
                inTheAir.add(late);
            } else {
                giveUp(late, "did not end within its deadline of " + Duration.ofNanos(late.allowedNanos()));
            }
        }
    }

    /** Whether what runs may go on; says when to look again. */
    private boolean isInTime(Flight<T> flight, long now) {
        Attempt<T> current = flight.current();
        long began = current != null && current.hasBegun() ? flight.startedNanos(current) : now;
        flight.dueNanos = began + flight.allowedNanos();
        boolean inTime = current == null || flight.dueNanos - now > 0;
        if (flight.waiting() > 0 && now - began < flight.patienceNanos()) {
            flight.dueNanos = began + flight.patienceNanos();
        }
        return inTime;
    }

    /** The same when nothing begins any more, as it might until then. */
    private boolean isInTimeWithoutItsNextStep(Flight<T> flight, long now) {
        takeBack(flight, flight.keepsCurrent());
        settle(flight);
        return isInTime(flight, now);
    }

    /** Tells what runs to give up; what has not begun will not. */
    void cancelAll(boolean interrupt) {
        inTheAir.forEach(flight -> {
            takeBack(flight, 0);
            settle(flight);
            flight.cancel(interrupt);
        });
    }

    /** Interrupts what runs, and lets nothing else begin; settles nothing. */
    void interruptAll() {
        inTheAir.forEach(flight -> {
            takeBack(flight, 0);
            flight.cancel(true);
        });
    }

    void giveUpAll(String reason) {
        List<Flight<T>> all = new ArrayList<>();
        inTheAir.forEach(all::add);
        for (Flight<T> flight : all) {
            inTheAir.remove(flight);
            takeBack(flight, 0);
            settle(flight);
            giveUp(flight, reason);
        }
    }

    /**
     * Throws what broke since the last time where operations were settled, given up or taken back. That harmed none of the others, and none of what was decided
     * on them; but it is a bug, and somebody must hear of it.
     */
    void tellFault() {
        Throwable told = fault;
        fault = null;
        switch (told) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new UndeclaredThrowableException(told);
        }
    }

    /** The one to look at first, or null. */
    @Nullable
    Flight<T> first() {
        return inTheAir.first();
    }

    /** A batch is as large as a round may be, but not so large that a turn is long. */
    private int batchSize() {
        return Math.min(options.get().roundSize(), MOST_A_TURN);
    }

    private int sliceLength() {
        return Math.clamp(MOST_A_TURN / options.get().concurrency(), 1, length.get());
    }

    private Flight<T> newFlight() {
        return new Flight<>(setup, time, Nanos.of(options.get().operationDeadline()), rounds.nextRoundNanos());
    }

    private void launch(Flight<T> flight) {
        flight.seal();
        long look = flight.size() > 1 ? Math.min(LONGEST_BEHIND, flight.allowedNanos()) : flight.allowedNanos();
        flight.dueNanos = time.nanos() + look;
        inTheAir.add(flight);
        outbox.start(flight);
    }

    private int takeBack(Flight<T> flight, int keep) {
        int operations = flight.takeBack(keep, attempt -> note(attempt.takeBack()));
        if (!flight.isAlone()) { // what runs alone was not counted in a round
            rounds.giveBack(operations, flight.round);
        }
        return operations;
    }

    /** There is something else to do about its key: it loses its place, unless the operations have seen it. Says whether it did. */
    boolean withdraw(Attempt<T> attempt) {
        boolean withdrawn = !attempt.isAbandoned() && attempt.withdraw();
        if (withdrawn) {
            note(attempt.skip());
        }
        return withdrawn;
    }

    private void note(@Nullable Throwable broken) {
        if (fault == null) {
            fault = broken;
        } else if (broken != null && !fault.equals(broken)) {
            fault.addSuppressed(broken);
        }
    }

    private boolean settle(Flight<T> flight) {
        List<Attempt<T>> ended = flight.takeEnded();
        if (ended.isEmpty()) {
            return false;
        }
        if (!setup.isBatched()) {
            length.took(
                    ended.size(),
                    ended.getLast().endedNanos() - ended.getFirst().startedNanos());
        }
        for (Attempt<T> attempt : ended) {
            if (!abandoned.isEmpty()) {
                abandoned.remove(attempt);
            }
            note(attempt.settle());
        }
        return true;
    }

    private void giveUp(Flight<T> flight, String reason) {
        List<Attempt<T>> running = flight.running();
        flight.cancel(true);
        for (Attempt<T> attempt : running) {
            if (attempt.isWithdrawn()) {
                continue;
            }
            if (attempt.withdrawLeftOut()) {
                note(attempt.skip());
            } else {
                abandoned.add(attempt);
                note(attempt.abandon(Outcome.retry(reason)));
            }
        }
    }
}
