package dev.homeostat.api.flow;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's place in a table.
 *
 * <p>All that is not final, volatile or atomic belongs to {@link #turns}: to the one thread that runs {@link #deliver} at that time. Everybody else ({@code request},
 * {@code cancel}, a commit) leaves word and asks for a turn.
 *
 * <p>Nobody holds a subscription but its subscriber and, while there is demand and nothing to give, the watch that it waits for. So one that is forgotten without
 * demand is collected, with its change iterator.
 */
final class ChangeSubscription<T> implements Flow.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeSubscription.class);

    private final Database database;
    private final Table<T> table;
    private final SerialTask turns;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    /** What a subscriber asked for that no one can. */
    private volatile @Nullable IllegalArgumentException wrongRequest;

    private Flow.@Nullable Subscriber<? super Change<T>> subscriber;
    private @Nullable RuntimeException refusal;
    private boolean begun;
    private @Nullable ChangeIterator<T> changes;
    /** Where a finite subscription ends; null for one that follows the table. */
    private @Nullable ReadTxn end;

    private @Nullable Iterator<Change<T>> current;
    private Watch.@Nullable Registration waiting;

    ChangeSubscription(
            Database database, Table<T> table, Executor executor, Flow.Subscriber<? super Change<T>> subscriber) {
        this.database = database;
        this.table = table;
        this.subscriber = subscriber;
        this.turns = new SerialTask(executor, this::deliver);
    }

    /** Called once, before anybody else knows the subscription. */
    void begin(boolean finite) {
        try {
            changes = table.changes();
            end = finite ? database.readTxn() : null;
        } catch (RuntimeException e) {
            refusal = e;
        }
        askOrFail();
    }

    @Override
    public void request(long n) {
        if (cancelled) {
            return;
        }
        if (n <= 0) {
            wrongRequest = new IllegalArgumentException(
                    "table \"" + table.name() + "\": request(" + n + "): ask for at least one change (§3.9)");
        } else {
            demand.accumulateAndGet(n, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        }
        askOrFail();
    }

    @Override
    public void cancel() {
        cancelled = true;
        turns.askHere();
    }

    /** A turn: gives what was asked for and is there, or ends. */
    private void deliver() {
        if (!begun && !cancelled) {
            begun = true;
            signal(to -> to.onSubscribe(this));
        }
        boolean more = true;
        while (more && !cancelled) {
            try {
                more = step();
            } catch (Throwable t) {
                fail(t);
            }
        }
        if (cancelled) {
            release();
        }
    }

    /** Gives one change; says whether there may be another one now. What it throws is not the subscriber's. */
    private boolean step() {
        RuntimeException wrong = refusal == null ? wrongRequest : refusal;
        if (wrong != null) {
            throw wrong;
        }
        boolean wanted = demand.get() > 0;
        if (!wanted && end == null) {
            // What comes is looked for when it is asked for, in its newest state.
            current = null;
            return false;
        }
        Iterator<Change<T>> available = available();
        if (available == null) {
            return false;
        }
        if (wanted) {
            Change<T> change = available.next();
            if (end != null && change instanceof Change.Delete) {
                return true; // of a row that went between the first look and the snapshot: it does not exist
            }
            demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
            signal(to -> to.onNext(change));
        }
        return wanted;
    }

    /** What has a next change, or null when there is none now; then the stream has ended, or a commit will ask for a turn. */
    private @Nullable Iterator<Change<T>> available() {
        Iterator<Change<T>> going = current;
        if (going == null || !going.hasNext()) {
            Changes<T> look = requireNonNull(changes).next(end == null ? database.readTxn() : end);
            going = look.iterator();
            if (!going.hasNext()) {
                going = null;
                if (end == null) {
                    waitFor(look.watch());
                } else {
                    finish(Flow.Subscriber::onComplete);
                }
            }
            current = going;
        }
        return going;
    }

    private void waitFor(Watch watch) {
        stopWaiting();
        waiting = watch.onClose(this::askOrGiveUp);
    }

    private void stopWaiting() {
        if (waiting != null) {
            waiting.close();
            waiting = null;
        }
    }

    private void askOrFail() {
        try {
            turns.ask();
        } catch (RuntimeException e) {
            // The executor is of no more use, but this thread is the subscriber's own.
            refusal = e;
            deliver();
        }
    }

    private void askOrGiveUp() {
        try {
            turns.ask();
        } catch (RuntimeException e) {
            // This thread commits: no signal may run here.
            LOG.atWarn()
                    .addKeyValue("table", table.name())
                    .log(
                            "table \"{}\": a subscription ends without a signal, because its executor takes no more"
                                    + " tasks",
                            table.name(),
                            e);
            cancelled = true;
            release();
        }
    }

    private void fail(Throwable why) {
        finish(to -> to.onError(why));
    }

    /** Gives the last signal. */
    private void finish(Consumer<Flow.Subscriber<? super Change<T>>> last) {
        signal(last);
        cancelled = true;
    }

    private void signal(Consumer<Flow.Subscriber<? super Change<T>>> call) {
        try {
            call.accept(requireNonNull(subscriber));
        } catch (Throwable t) { // it may throw anything, and must not harm the executor
            cancelled = true;
            LOG.atError()
                    .addKeyValue("table", table.name())
                    .log("table \"{}\": a subscriber threw, and is cancelled (§2.13)", table.name(), t);
        }
    }

    /** Lets go of everything. */
    private void release() {
        subscriber = null;
        current = null;
        end = null;
        stopWaiting();
        if (changes != null) {
            changes.close();
            changes = null;
        }
    }
}
