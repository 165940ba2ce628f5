package dev.homeostat.api.flow;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A derivation at work: wakes when one of the two tables changes, takes what changed, has it written, and waits again.
 *
 * <p>All that is not final or volatile belongs to {@link #turns}: to the one thread that runs a turn at that time.
 */
final class RunningDerivation<I, O> implements Derivation<I, O> {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final Database database;
    private final Scheduler scheduler;
    private final Table<I> in;
    private final RWTable<O> out;
    private final Consumer<? super Derivation<I, O>> listener;
    private final DerivationReport report;
    private final DerivationWork<I, O> work;
    private final ChangeIterator<I> changes;
    private final SerialTask turns;
    /** Held while a transaction commits, and never while a table's lock is asked for: who closes may hold one. */
    private final ReentrantLock committing = new ReentrantLock();

    private volatile boolean closed;
    private volatile View view = new View(State.FOLLOWING, "", List.of(), List.of());

    private final List<Watch.Registration> waiting = new ArrayList<>(3);
    private Scheduler.@Nullable Timer retry;
    private Duration delay = FIRST_DELAY;

    private RunningDerivation(
            Database database,
            Scheduler scheduler,
            Table<I> in,
            DerivedTable<O> derived,
            Function<? super I, ? extends Collection<? extends O>> function,
            Consumer<? super Derivation<I, O>> listener) {
        this.listener = listener;
        this.database = database;
        this.scheduler = scheduler;
        this.in = in;
        this.out = derived.table();
        this.report = new DerivationReport(in.spec(), derived.spec());
        this.work = new DerivationWork<>(database, derived, function, report, this::commit);
        this.turns = new SerialTask(scheduler, this::turn);
        this.changes = in.changes();
    }

    static <I, O> Derivation<I, O> start(
            Database database,
            Scheduler scheduler,
            Table<I> in,
            RWTable<O> out,
            Function<? super I, ? extends Collection<? extends O>> function,
            Consumer<? super Derivation<I, O>> listener) {
        if (in.name().equals(out.name())) {
            throw new IllegalArgumentException("table \"" + in.name() + "\" cannot be derived from itself");
        }
        ReadTxn now = database.readTxn();
        in.revision(now); // tells a table of another database, or one that is gone
        out.revision(now);
        DerivedTable<O> derived = new DerivedTable<>(database, out, Derivation.initializerFrom(in));
        RunningDerivation<I, O> derivation =
                new RunningDerivation<>(database, scheduler, in, derived, function, listener);
        derivation.ask();
        return derivation;
    }

    @Override
    public Table<I> in() {
        return in;
    }

    @Override
    public Table<O> out() {
        return out;
    }

    @Override
    public State state() {
        State state = view.state;
        return closed && state != State.ENDED ? State.CLOSED : state;
    }

    @Override
    public String reason() {
        return view.reason;
    }

    @Override
    public List<Failure> failures() {
        return view.failures;
    }

    @Override
    public List<Conflict> conflicts() {
        return view.conflicts;
    }

    @Override
    public void close() {
        committing.lock();
        try {
            closed = true;
        } finally {
            committing.unlock();
        }
        turns.askHere();
    }

    @Override
    public String toString() {
        return "table \"" + out.name() + "\" derived from table \"" + in.name() + "\"";
    }

    private void ask() {
        try {
            turns.ask();
        } catch (RuntimeException e) {
            end("its scheduler takes no more tasks: " + DerivationReport.reason(e));
        }
    }

    private void turn() {
        stopWaiting();
        if (closed) {
            release();
            show(state(), view.state == State.ENDED ? view.reason : "");
        } else if (view.state != State.ENDED) {
            try {
                look();
                delay = FIRST_DELAY;
                show(State.FOLLOWING, "");
            } catch (TableRemovedException e) {
                end(DerivationReport.reason(e));
            } catch (Throwable t) { // of whatever is given to the database, or of the database
                holdUp(t);
            }
        }
    }

    private void look() {
        ReadTxn now = database.readTxn();
        Changes<I> news = changes.next(now);
        for (Change<I> change : news) {
            if (closed) {
                return;
            }
            work.derive(change);
        }
        boolean initialized = in.initialized(now);
        ReadTxn committed = work.write(initialized);
        waitFor(news.watch());
        if (!initialized) {
            waitFor(in.initializedWatch(now));
        }
        // Tells what others write, and that the table is gone; what this look wrote is in that snapshot.
        waitFor(out.all(committed == null ? now : committed).watch());
    }

    /** Commits unless closed; then nothing may be written any more. */
    private @Nullable ReadTxn commit(WriteTxn txn) {
        committing.lock();
        try {
            return closed ? null : txn.commit();
        } finally {
            committing.unlock();
        }
    }

    private void waitFor(Watch watch) {
        waiting.add(watch.onClose(this::ask));
    }

    private void stopWaiting() {
        waiting.forEach(Watch.Registration::close);
        waiting.clear();
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    private void holdUp(Throwable why) {
        String reason = DerivationReport.reason(why);
        if (view.state != State.HELD_UP || !view.reason.equals(reason)) {
            report.heldUp(why);
        }
        show(State.HELD_UP, reason);
        try {
            retry = scheduler.schedule(delay, this::ask);
            Duration twice = delay.multipliedBy(2);
            delay = twice.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : twice;
        } catch (RuntimeException e) {
            end("its scheduler takes no more tasks: " + DerivationReport.reason(e));
        }
    }

    private void end(String reason) {
        stopWaiting();
        release();
        report.ended(reason);
        show(State.ENDED, reason);
    }

    private void release() {
        changes.close();
    }

    private void show(State state, String reason) {
        View before = view;
        View now = new View(state, requireNonNull(reason), report.failures(), report.conflicts());
        view = now;
        if (!now.equals(before)) {
            try {
                listener.accept(this);
            } catch (Throwable t) { // of a stranger
                report.listenerFailed(t);
            }
        }
    }

    /** What people see of it. Immutable. */
    private record View(State state, String reason, List<Failure> failures, List<Conflict> conflicts) {}
}
