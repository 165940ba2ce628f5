package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that one simulation is made of, and what can be done in it. Only one thread at a time is ever in it. */
final class World<T> implements Interposer {
    private static final String SOURCE = "source";

    private final Scenario scenario;
    private final Subject<T> subject;
    private final VirtualScheduler clock;
    private final Trace trace;
    private final Dice targetDice;
    private final Dice dice;
    private final Books books = new Books();
    private final List<Oracle> oracles = new ArrayList<>();
    private final Map<Integer, Long> wanted = new TreeMap<>();
    private final Map<String, Life<T>> lives = new LinkedHashMap<>();
    private final Map<String, Double> bad = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private FaultRates faults;
    private Boot<T> boot;
    private int lifeNumber;
    private @Nullable String complaint;
    private int failingCommits;
    private long commitsFailedAt = Long.MIN_VALUE;
    private long drifts;
    private long kills;
    private boolean unseenDeletes;
    private boolean observed;
    private @Nullable Runnable interposed;

    World(Scenario scenario, Subject<T> subject, VirtualScheduler clock, Trace trace) {
        this.scenario = scenario;
        this.subject = subject;
        this.clock = clock;
        this.trace = trace;
        this.faults = scenario.faults();
        Dice root = new Dice(scenario.seed() * 31 + 7);
        this.targetDice = new Dice(root.seed());
        this.dice = new Dice(root.seed());
        this.boot = newBoot();
        for (int number = 0; number < scenario.rows(); number++) {
            keys.add(subject.key(subject.row(number, 0)));
        }
    }

    /** The primary key of the row of that number. */
    Key key(int number) {
        return keys.get(number);
    }

    /** A key as people read it. */
    String text(Key key) {
        return subject.spec().formatKey(key);
    }

    Scenario scenario() {
        return scenario;
    }

    Subject<T> subject() {
        return subject;
    }

    VirtualScheduler clock() {
        return clock;
    }

    Trace trace() {
        return trace;
    }

    Books books() {
        return books;
    }

    Dice dice() {
        return dice;
    }

    Dice targetDice() {
        return targetDice;
    }

    FaultRates faults() {
        return faults;
    }

    Boot<T> boot() {
        return boot;
    }

    /** The present lives, those that stop included. */
    Collection<Life<T>> lives() {
        return lives.values();
    }

    @Nullable
    Life<T> life(String reconciler) {
        return lives.get(reconciler);
    }

    /** What is desired, as the source knows it, number to version. */
    Map<Integer, Long> wanted() {
        return wanted;
    }

    /** The database without what is interposed. */
    Database database() {
        return ((InterposedDatabase) boot.database).plain();
    }

    /** The share of operations on that object that fail for sure. */
    double badness(String name) {
        return bad.getOrDefault(name, 0.0);
    }

    /** Whether something was deleted that not every reconciler could see: a prune has to remove it. */
    boolean needsPrune() {
        boolean unwritten =
                scenario.stops() && scenario.commitFailures(); // a stop that could not write what is left to do
        return drifts > 0 || kills > 0 || unseenDeletes || unwritten;
    }

    boolean drifted() {
        return drifts > 0;
    }

    /** Whether a commit of statuses failed since then. */
    boolean commitsFailedSince(long nanos) {
        return failingCommits > 0 || commitsFailedAt >= nanos;
    }

    void watch(Function<World<?>, Oracle> oracle) {
        oracles.add(oracle.apply(this));
    }

    // --- complaints

    void complain(String oracle, String what) {
        if (complaint == null) {
            complaint = oracle + ": " + what;
            trace.line("ORACLE", () -> oracle + ": " + what);
        }
    }

    @Nullable
    String complaint() {
        return complaint;
    }

    /** Somebody begins to wait for that reconciler. */
    void waited(Life<?> life) {
        trace.line("user", () -> "waits for " + life);
        tell(oracle -> oracle.waited(life));
    }

    /** Somebody has the held prune of that reconciler run. */
    void confirm(Life<T> life, long number) {
        trace.line("user", () -> "confirms prune " + number + " of " + life);
        life.reconciler().confirmPrune(number);
        tell(oracle -> oracle.confirmed(life));
    }

    void idle() {
        tell(Oracle::idle);
    }

    void settled() {
        tell(Oracle::settled);
    }

    private void tell(Consumer<Oracle> of) {
        boolean before = observed;
        observed = true;
        for (Oracle oracle : oracles) {
            if (complaint == null) {
                of.accept(oracle);
            }
        }
        observed = before;
    }

    // --- what operations tell

    void began(Call call, OperationContext context) {
        trace.line(
                call.life.toString(), () -> call + " begins" + (call.facts.isEmpty() ? "" : ", knows " + call.facts));
        lookAround(call, context);
        tell(oracle -> oracle.began(call));
        books.began(call);
    }

    /** A half of a batch begins, with those entries. */
    void goesOn(Batch batch, Map<Call, ? extends OperationContext> entries, long deadlineNanos) {
        batch.calls().forEach(call -> {
            call.goesOn(deadlineNanos);
            books.wentOn(call);
        });
        entries.forEach((call, context) -> {
            trace.line(call.life.toString(), () -> call + " is tried again in a half of its batch");
            tell(oracle -> oracle.halved(call));
            call.isOpenAgain();
            lookAround(call, context);
        });
    }

    private void lookAround(Call call, OperationContext context) {
        if (Thread.currentThread().isInterrupted() && !context.isCancelled()) {
            complain("Interrupts", call + " began on a thread that was interrupted before");
        }
        if (call.isOnARow() && call.key != null) {
            call.rowWasThere = boot.table.get(context.txn(), subject.spec().lookup(call.key)) != null;
        }
    }

    void ended(Call call, Outcome outcome) {
        told(call, outcome);
        finish(call);
    }

    /** What it came to; an entry of a batch ends later, with the others. */
    void told(Call call, Outcome outcome) {
        long now = clock.nanoTime();
        switch (outcome) {
            case Outcome.Done _ -> call.tells(Call.Result.DONE, now);
            case Outcome.Retry retry -> {
                call.tells(Call.Result.FAILED, now);
                call.error = retry.reason();
                call.asked = retry.after();
            }
            case Outcome.Permanent permanent -> {
                call.tells(Call.Result.PERMANENT, now);
                call.error = permanent.reason();
            }
            case Outcome.Blocked blocked -> {
                call.tells(Call.Result.BLOCKED, now);
                call.error = blocked.reason();
            }
        }
    }

    void lost(Call call) {
        call.tells(Call.Result.LOST, clock.nanoTime());
        finish(call);
    }

    void finish(Call call) {
        call.ends(clock.nanoTime());
        books.ended(call);
        trace.line(
                call.life.toString(),
                () -> call + " ends: " + call.result + (call.error.isEmpty() ? "" : " (" + call.error + ")")
                        + (call.isAbandoned(call.endedNanos) ? ", too late" : ""));
        tell(oracle -> oracle.ended(call));
    }

    // --- what people and the world do

    void start(String reconciler, Options options) {
        Life<T> before = lives.get(reconciler);
        Life<T> life = new Life<>(reconciler, ++lifeNumber, boot, options);
        trace.line("world", () -> "starts " + life + " with " + options);
        lives.put(reconciler, life);
        books.started(life);
        life.start(faulty(life, subject.operations(reconciler, boot.table)), subject.slot(reconciler));
        if (before != null && before.boot == boot) {
            life.keepsPauses(before);
        }
        if (!Set.copyOf(life.reconciler().pausedKeys()).equals(life.paused())) {
            complain(
                    "Pauses",
                    life + " says that these keys are paused: "
                            + life.reconciler().pausedKeys() + ", and it should be " + life.paused());
        }
    }

    private Operations<T> faulty(Life<T> life, Operations<T> operations) {
        FaultyOperations<T> faulty = new FaultyOperations<>(this, life, operations);
        return operations instanceof BatchOperations<T> batches
                ? new FaultyBatches<>(this, life, batches, faulty)
                : faulty;
    }

    void pause(Life<T> life, Key key) {
        trace.line("user", () -> "pauses " + text(key) + " for " + life);
        life.pause(key);
    }

    void resume(Life<T> life, Key key) {
        trace.line("user", () -> "resumes " + text(key) + " for " + life);
        life.resume(key);
    }

    /** Somebody wants that row checked, or all that are done, where it is null. */
    void refresh(Life<T> life, @Nullable Key key) {
        trace.line("user", () -> "wants " + (key == null ? "all rows" : text(key)) + " checked by " + life);
        tell(oracle -> oracle.refreshed(life, key));
        if (key == null) {
            life.reconciler().refresh();
        } else {
            life.reconciler().refresh(key);
        }
    }

    void stop(Life<T> life) {
        trace.line("world", () -> "stops " + life);
        life.stop();
    }

    void put(Map<Integer, Long> rows) {
        write("puts", rows, txn -> {});
    }

    private void write(String what, Map<Integer, Long> rows, Consumer<WriteTxn> more) {
        List<Books.Change> changes = new ArrayList<>();
        try (WriteTxn txn = database().writeTxn(boot.table)) {
            rows.forEach((number, version) -> {
                boot.table.insert(txn, subject.row(number, version));
                changes.add(change(txn, key(number), true));
            });
            more.accept(txn);
            txn.commit();
        }
        wanted.putAll(rows);
        changes.forEach(books::changed);
        trace.line("user", () -> what + " " + texts(changes));
    }

    void delete(Collection<Integer> numbers) {
        List<Books.Change> changes = new ArrayList<>();
        try (WriteTxn txn = database().writeTxn(boot.table)) {
            for (int number : numbers) {
                if (boot.table.delete(txn, subject.spec().lookup(key(number))) != null) {
                    changes.add(change(txn, key(number), false));
                }
            }
            txn.commit();
        }
        numbers.forEach(wanted::remove);
        unseenDeletes |= lives.size() < scenario.reconcilers().size()
                || lives.values().stream().anyMatch(life -> !life.isAlive());
        changes.forEach(books::changed);
        trace.line("user", () -> "deletes " + texts(changes));
    }

    /** Writes all rows that are desired, and says that these are all. */
    void fill() {
        if (scenario.gradual() && !boot.table.initialized(database().readTxn())) {
            Map<Integer, Long> missing = new TreeMap<>(wanted);
            missing.keySet()
                    .removeIf(number ->
                            boot.table.get(database().readTxn(), subject.spec().lookup(key(number))) != null);
            write(
                    "completes the initializer and puts",
                    missing,
                    txn -> boot.table.initializer(SOURCE).complete(txn));
        }
    }

    void drift(String reconciler, int number) {
        drifts++;
        String what = subject.drift(reconciler, number, dice.between(1, 1_000_000));
        trace.line("drift", () -> "in the target of " + reconciler + ": " + what);
    }

    /** The process is gone, with all that was in its memory, and another one begins. */
    void kill() {
        kills++;
        trace.line("world", () -> "KILLS the process");
        boot.kill();
        lives.clear();
        boot = newBoot();
    }

    /** The sources of a new process write what they know, unless the table waits for {@link #fill}. */
    void refill() {
        if (!scenario.gradual() && !wanted.isEmpty()) {
            write("(the source) puts", new TreeMap<>(wanted), txn -> {});
        }
    }

    void makeBad(String name, double share) {
        trace.line("world", () -> "lets " + share + " of the operations on " + name + " fail");
        bad.put(name, share);
    }

    void failCommits(int commits) {
        failingCommits = commits;
    }

    /** Ends all faults. */
    void heal() {
        trace.line("world", () -> "heals everything");
        faults = FaultRates.none();
        bad.clear();
        failingCommits = 0;
        interposed = null;
    }

    /** This is done before a transaction of a reconciler, now and then. */
    void interpose(Runnable action) {
        interposed = action;
    }

    /** Whether reads or writes of a reconciler are a place for something to happen. */
    @Override
    public void beforeRead() {
        maybeInterpose();
    }

    @Override
    public void beforeWrite() {
        maybeInterpose();
        if (failingCommits > 0 && !boot.isDead()) {
            failingCommits--;
            commitsFailedAt = clock.nanoTime();
            trace.line("database", () -> "refuses to commit statuses");
            throw new IllegalStateException("planted: no commit now");
        }
    }

    private void maybeInterpose() {
        Runnable action = interposed;
        if (action != null && !observed && dice.chance(scenario.interposing())) {
            action.run();
        }
    }

    private Boot<T> newBoot() {
        return new Boot<>(
                (int) kills, clock, subject, scenario.gradual() ? new String[] {SOURCE} : new String[0], this, dice0());
    }

    private long dice0() {
        return scenario.seed() + 1000 * kills;
    }

    private Books.Change change(WriteTxn txn, Key key, boolean row) {
        return new Books.Change(boot, key, boot.table.revision(txn), row, clock.nanoTime());
    }

    private String texts(List<Books.Change> changes) {
        List<String> texts = new ArrayList<>();
        for (Books.Change change : changes) {
            texts.add(subject.spec().formatKey(change.key()) + "@" + change.revision());
        }
        return String.join(", ", texts);
    }
}
