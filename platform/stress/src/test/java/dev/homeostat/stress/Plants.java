package dev.homeostat.stress;

import static dev.homeostat.plants.Plant.inApi;
import static dev.homeostat.plants.Plant.inReconciler;
import static dev.homeostat.plants.Plant.inStatedb;
import static java.util.Map.entry;

import dev.homeostat.plants.Plant;
import dev.homeostat.reconciler.EndIsSeen;
import dev.homeostat.reconciler.GiveUpAgainstBatch;
import dev.homeostat.reconciler.InterruptAgainstEnd;
import dev.homeostat.reconciler.OwnerAgainstFlight;
import dev.homeostat.reconciler.PostAgainstFlight;
import dev.homeostat.reconciler.PostAgainstKept;
import dev.homeostat.reconciler.PostAgainstPost;
import dev.homeostat.reconciler.ResultAgainstClose;
import dev.homeostat.reconciler.ResultAgainstHalving;
import dev.homeostat.statedb.engine.DroppedAgainstWaiters;
import dev.homeostat.statedb.engine.UnlockAgainstReclaim;
import dev.homeostat.stress.races.AbortAgainstCommit;
import dev.homeostat.stress.races.CloseAgainstCollector;
import dev.homeostat.stress.races.CloseAgainstCommit;
import dev.homeostat.stress.races.CloseAgainstListener;
import dev.homeostat.stress.races.CloseAgainstWaiter;
import dev.homeostat.stress.races.CloseAgainstWatch;
import dev.homeostat.stress.races.CloseAgainstWatchSet;
import dev.homeostat.stress.races.CommitWakes;
import dev.homeostat.stress.races.CommitsToOneTable;
import dev.homeostat.stress.races.CommitsToTwoTables;
import dev.homeostat.stress.races.CreateAgainstCommit;
import dev.homeostat.stress.races.EitherCloses;
import dev.homeostat.stress.races.HeldSnapshot;
import dev.homeostat.stress.races.IteratorAgainstDelete;
import dev.homeostat.stress.races.IteratorsComeAndGo;
import dev.homeostat.stress.races.ListenersLeave;
import dev.homeostat.stress.races.RemoveAgainstWatch;
import dev.homeostat.stress.races.RequestAgainstCommit;
import dev.homeostat.stress.races.RootIsSeen;
import dev.homeostat.stress.races.RootPublication;
import dev.homeostat.stress.races.WatchAgainstWatch;
import java.util.List;
import java.util.Map;

/** The bugs, each once made or nearly made by somebody somewhere. */
final class Plants {
    static final Plant ROOT_BEFORE_ITS_STATES =
            inStatedb("engine/MemoryDatabase.java", "the root is published before the states are in it", """
                for (TableWriter<?> writer : writers) {
                    if (writer != null && writer.changed()) {
                        states[writer.table().slot()] = writer.finish();
                    }
                }
                Root next = new Root(this, states);
                root = next;
                """, """
                Root next = new Root(this, states);
                root = next;
                for (TableWriter<?> writer : writers) {
                    if (writer != null && writer.changed()) {
                        states[writer.table().slot()] = writer.finish();
                    }
                }
                """);

    static final Plant PLAIN_ROOT = inStatedb(
            "engine/MemoryDatabase.java",
            "the root is a plain field",
            "private volatile Root root;",
            "private Root root;");

    static final Plant STATES_FROM_AN_OLD_ROOT =
            inStatedb("engine/MemoryDatabase.java", "a commit copies the root before it has the root's lock", """
                Root publish(@Nullable TableWriter<?>[] writers) {
                    rootLock.lock();
                    try {
                        @Nullable TableState<?>[] states = root.states().clone();
                """, """
                Root publish(@Nullable TableWriter<?>[] writers) {
                    @Nullable TableState<?>[] states = root.states().clone();
                    rootLock.lock();
                    try {
                """);

    static final Plant CREATE_FROM_AN_OLD_ROOT = inStatedb(
            "engine/MemoryDatabase.java",
            "a new table is added to a copy of the root that was made before",
            "states[slot] = state.apply(lastRevisions.getOrDefault(table.name(), 0L)); root = new Root(this, states);",
            """
            states[slot] = state.apply(lastRevisions.getOrDefault(table.name(), 0L));
            rootLock.unlock();
            rootLock.lock();
            root = new Root(this, states);
            """);

    static final Plant REMOVED_AFTER_ITS_WATCHES = inStatedb(
            "engine/MemoryDatabase.java",
            "the watches of a table that is removed are closed before it is gone",
            "TableState<?> last = root.state(stored);",
            """
            TableState<?> last = root.state(stored);
            last.closeAll();
            """);

    static final Plant UNTRACKED_WITHOUT_THE_LOCK = inStatedb(
            "engine/MemoryDatabase.java",
            "a change iterator is taken out without the root's lock",
            "table.trackers().remove(tracker);",
            """
            rootLock.unlock();
            table.trackers().remove(tracker);
            rootLock.lock();
            """);

    static final Plant TRACKERS_EMPTY_FOR_A_MOMENT = inStatedb(
            "engine/ChangeTrackers.java",
            "the list of change iterators is empty while one is taken out",
            "trackers = Arrays.stream(trackers)",
            """
            ChangeTracker[] before = trackers;
            trackers = NONE;
            trackers = Arrays.stream(before)
            """);

    static final Plant BURIED_TOO_EARLY_ONLY = inStatedb(
            "engine/TableWriter.java",
            "a commit does not look for change iterators once more under the root's lock",
            """
            TableState<T> finish() {
                if (table.trackers().any()) {
            """,
            """
            TableState<T> finish() {
                if (buried) {
            """);

    static final Plant COLLECTOR_DEAF_WHILE_AT_WORK =
            inStatedb("engine/Collector.java", "the collector takes no order until it is done", """
                private void collect() {
                    waiting.set(false);
                    if (!useful()) {
                        return;
                    }
                    try (WriteTransaction txn = table.database().writeTxn(table)) {
                        txn.writer(table);
                        txn.commit();
                """, """
                private void collect() {
                    if (!useful()) {
                        waiting.set(false);
                        return;
                    }
                    try (WriteTransaction txn = table.database().writeTxn(table)) {
                        txn.writer(table);
                        txn.commit();
                        waiting.set(false);
                """);

    static final Plant BASE_BEFORE_THE_LOCKS =
            inStatedb("engine/WriteTransaction.java", "a write transaction takes its base before its locks", """
                lock();
                this.base = database.root();
                """, """
                this.base = database.root();
                lock();
                """);

    static final Plant COMMITTED_WITHOUT_ASKING = inStatedb(
            "engine/WriteTransaction.java",
            "a commit does not ask whether the transaction was aborted meanwhile",
            """
            if (!PHASE.compareAndSet(this, Phase.OPEN, Phase.COMMITTING)) {
                throw ended();
            }
            """,
            """
            phase = Phase.COMMITTING;
            """);

    static final Plant GIVEN_BACK_TWICE = inStatedb(
            "engine/TableLock.java",
            "a lock is given back in two steps, so that two may do it",
            "if (holder == hold && HOLDER.compareAndSet(this, hold, (Hold) null)) {",
            "if (holder == hold) { holder = null;");

    static final Plant GIVEN_BACK_FOR_ANOTHER = inStatedb(
            "engine/TableLock.java",
            "a lock is given back by whoever asks",
            "if (holder == hold && HOLDER.compareAndSet(this, hold, (Hold) null)) {",
            "if (HOLDER.getAndSet(this, (Hold) null) != null) {");

    static final Plant CLOSED_BEFORE_PUBLISHED = inStatedb(
            "engine/WriteTransaction.java",
            "watches are closed before the root is published",
            "Root root = publish();",
            """
            closeReplaced();
            Root root = publish();
            """);

    static final Plant PUBLISHED_NODES_ARE_WRITTEN_TO = inStatedb(
            "tree/Edit.java",
            "all edits have the same number",
            "private long owner = OWNERS.incrementAndGet();",
            "private long owner = 1;");

    static final Plant CLOSE_IN_TWO_STEPS = inStatedb(
            "watch/Watched.java",
            "a part reads its token, then marks itself as replaced",
            "WatchToken present = (WatchToken) TOKEN.getAndSet(this, WatchToken.CLOSED);",
            """
            WatchToken present = (WatchToken) TOKEN.getAcquire(this);
            TOKEN.setRelease(this, WatchToken.CLOSED);
            """);

    static final Plant WATCH_IN_TWO_STEPS = inStatedb(
            "watch/Watched.java",
            "a part sees that it has no token, then sets one",
            "WatchToken witness = (WatchToken) TOKEN.compareAndExchange(this, (WatchToken) null, fresh);",
            """
            WatchToken witness = null;
            TOKEN.setRelease(this, fresh);
            """);

    static final Plant CLOSED_IS_ASKED_OUTSIDE = inStatedb(
            "watch/WatchToken.java",
            "a listener is linked to a watch that closed since it was asked",
            "synchronized (this) { if (!closed) {",
            "synchronized (this) { if (action != null) {");

    static final Plant UNLINKED_WITHOUT_THE_MONITOR = inStatedb(
            "watch/WatchToken.java",
            "a listener is unlinked without the monitor",
            "private synchronized void unlink(",
            "private void unlink(");

    static final Plant CALLED_IN_TWO_STEPS = inStatedb(
            "watch/EitherWatch.java",
            "a listener is asked whether it was called, then marked",
            "if (called.compareAndSet(false, true)) {",
            "if (!called.get()) { called.set(true);");

    static final Plant ONLY_SLEEPERS_ARE_WOKEN = inStatedb(
            "watch/WaitingWatch.java",
            "who is about to sleep is not woken",
            "onClose(() -> LockSupport.unpark(waiter))",
            """
            onClose(() -> {
                if (LockSupport.getBlocker(waiter) != null) {
                    LockSupport.unpark(waiter);
                }
            })
            """);

    static final Plant ASKED_WHILE_AT_WORK = inApi(
            "flow/SerialTask.java",
            "who asks a task that runs is not heard",
            "} while (asked.addAndGet(-seen) != 0);",
            """
            } while (seen < 0);
            asked.set(0);
            """);

    static final Plant SIGNALLED_BEFORE_IT_IS_SO =
            inApi("db/WatchSet.java", "a set of watches wakes its waiter, and then notes what closed", """
                if (members.get(member.name) == member && closed.add(member.name)) {
                    somethingClosed.signalAll();
                }
                """, """
                somethingClosed.signalAll();
                lock.unlock();
                lock.lock();
                if (members.get(member.name) == member) {
                    closed.add(member.name);
                }
                """);

    static final Plant TAKEN_BACK_IN_TWO_STEPS = inReconciler(
            "Flight.java",
            "the owner looks at what has not begun, then takes it back",
            "if (STATE.compareAndSet(this, seen, word(ended(seen), begun(seen), keep, phase(seen)))) {",
            "state = word(ended(seen), begun(seen), keep, phase(seen)); if (true) {");

    static final Plant BEGUN_IN_TWO_STEPS = inReconciler(
            "Flight.java",
            "the thread of a flight looks at what is left to it, then begins it",
            "if (STATE.compareAndSet(this, seen, word(next, begun, end(seen), more ? RUNS : RESTS))) {",
            "state = word(next, begun, end(seen), more ? RUNS : RESTS); if (true) {");

    static final Plant LEAVES_WHILE_INTERRUPTED = inReconciler(
            "Flight.java",
            "a thread leaves its operation while the owner is about to interrupt it",
            "if (phase(seen) == INTERRUPTING) {",
            "if (phase(seen) > INTERRUPTED) {");

    static final Plant INTERRUPT_IS_KEPT = inReconciler(
            "Flight.java",
            "a thread takes its interrupt out of its operation",
            "Thread.interrupted(); // was meant",
            "// was meant");

    static final Plant ENDED_AT_ITS_BEGIN = inReconciler(
            "Flight.java",
            "an operation counts as ended as soon as it has begun",
            "word(next, begun, end(seen), more ? RUNS : RESTS)",
            "word(begun, begun, end(seen), more ? RUNS : RESTS)");

    static final Plant PLAIN_FLIGHT_STATE = inReconciler(
            "Flight.java",
            "how far a flight is, is a plain field",
            "private volatile long state;",
            "private long state;");

    static final Plant LAUNCHED_AND_KEPT = inReconciler(
            "EventLoop.java",
            "the flight that was kept for long gets a thread, and is kept nevertheless",
            "launch(kept); kept = null;",
            "launch(kept); turnsKept = 0;");

    static final Plant POSTED_WHILE_AT_WORK = inReconciler(
            "EventLoop.java",
            "who posts while a turn ends is not heard",
            "} while (pending.addAndGet(-seen) != 0);",
            """
            } while (seen < 0);
            pending.set(0);
            """);

    static final Plant TWO_OWNERS = inReconciler(
            "EventLoop.java",
            "who posts while another one is at a turn has a turn too",
            "if (pending.getAndIncrement() == 0) {",
            "if (pending.getAndIncrement() <= 1) {");

    static final Plant KEPT_FLIGHT_IS_FORGOTTEN = inReconciler(
            "EventLoop.java", "the flight that one turn left is forgotten when there is another turn", """
            if (left != null) {
                kept = left;
                turnsKept = 0;
            }
            """, """
            kept = left;
            turnsKept = 0;
            """);

    static final Plant CLOSED_WITHOUT_THE_MONITOR = inReconciler(
            "Entry.java", "an entry is closed without its monitor", "synchronized Outcome close(", "Outcome close(");

    static final Plant ENTERED_WHEN_READY = inReconciler(
            "Batch.java",
            "an attempt is asked whether it was given up, then enters the batch",
            "Entry<T> place = attempt.enter(); // first: the owner that gives it up meanwhile finds the entry, or it"
                    + " is not ready if (attempt.isReady(newest)) {",
            "if (attempt.isReady(newest)) { Entry<T> place = attempt.enter();");

    static final Plant LEFT_OPEN_BY_A_CALL = inReconciler(
            "Entry.java",
            "the entries of a call that threw still take results",
            "closed = true; return outcome == null;",
            "return outcome == null;");

    /** Which race must find which. */
    static final Map<Class<?>, List<Plant>> BY_RACE = Map.ofEntries(
            entry(AbortAgainstCommit.class, List.of(COMMITTED_WITHOUT_ASKING)),
            entry(RootPublication.class, List.of(ROOT_BEFORE_ITS_STATES)),
            entry(RootIsSeen.class, List.of(PLAIN_ROOT)),
            entry(HeldSnapshot.class, List.of(PUBLISHED_NODES_ARE_WRITTEN_TO)),
            entry(CommitsToOneTable.class, List.of(BASE_BEFORE_THE_LOCKS)),
            entry(DroppedAgainstWaiters.class, List.of(GIVEN_BACK_TWICE)),
            entry(UnlockAgainstReclaim.class, List.of(GIVEN_BACK_FOR_ANOTHER, GIVEN_BACK_TWICE)),
            entry(CommitsToTwoTables.class, List.of(STATES_FROM_AN_OLD_ROOT)),
            entry(CreateAgainstCommit.class, List.of(CREATE_FROM_AN_OLD_ROOT)),
            entry(CommitWakes.class, List.of(CLOSED_BEFORE_PUBLISHED)),
            entry(CloseAgainstWatch.class, List.of(CLOSE_IN_TWO_STEPS)),
            entry(WatchAgainstWatch.class, List.of(WATCH_IN_TWO_STEPS)),
            entry(CloseAgainstListener.class, List.of(CLOSED_IS_ASKED_OUTSIDE)),
            entry(ListenersLeave.class, List.of(UNLINKED_WITHOUT_THE_MONITOR)),
            entry(EitherCloses.class, List.of(CALLED_IN_TWO_STEPS)),
            entry(CloseAgainstWaiter.class, List.of(ONLY_SLEEPERS_ARE_WOKEN)),
            entry(CloseAgainstWatchSet.class, List.of(SIGNALLED_BEFORE_IT_IS_SO)),
            entry(RemoveAgainstWatch.class, List.of(REMOVED_AFTER_ITS_WATCHES)),
            entry(RequestAgainstCommit.class, List.of(ASKED_WHILE_AT_WORK)),
            entry(IteratorAgainstDelete.class, List.of(BURIED_TOO_EARLY_ONLY)),
            entry(CloseAgainstCollector.class, List.of(COLLECTOR_DEAF_WHILE_AT_WORK)),
            entry(CloseAgainstCommit.class, List.of(TRACKERS_EMPTY_FOR_A_MOMENT)),
            entry(IteratorsComeAndGo.class, List.of(UNTRACKED_WITHOUT_THE_LOCK)),
            entry(OwnerAgainstFlight.class, List.of(TAKEN_BACK_IN_TWO_STEPS, BEGUN_IN_TWO_STEPS, ENDED_AT_ITS_BEGIN)),
            entry(InterruptAgainstEnd.class, List.of(LEAVES_WHILE_INTERRUPTED, INTERRUPT_IS_KEPT)),
            entry(EndIsSeen.class, List.of(PLAIN_FLIGHT_STATE)),
            entry(PostAgainstPost.class, List.of(POSTED_WHILE_AT_WORK, TWO_OWNERS)),
            entry(PostAgainstFlight.class, List.of(KEPT_FLIGHT_IS_FORGOTTEN)),
            entry(PostAgainstKept.class, List.of(LAUNCHED_AND_KEPT)),
            entry(ResultAgainstClose.class, List.of(CLOSED_WITHOUT_THE_MONITOR)),
            entry(ResultAgainstHalving.class, List.of(LEFT_OPEN_BY_A_CALL)),
            entry(GiveUpAgainstBatch.class, List.of(ENTERED_WHEN_READY)));

    private Plants() {}
}
