package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.ReconciledUpTo;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.ReconcilerStats;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What people hold of a running reconciler: it asks between two turns, and posts events. */
final class Handle<T> implements RunningReconciler<T> {
    private final Setup<T> setup;
    private final EventLoop loop;
    private final Core<T> core;
    private final StopGuard stopGuard;
    private final StatusView<T> statuses;
    private final Explainer<T> explainer;

    Handle(Setup<T> setup, EventLoop loop, Core<T> core) {
        this.setup = setup;
        this.loop = loop;
        this.core = core;
        this.stopGuard = new StopGuard(setup.scheduler(), loop, core);
        this.statuses = new StatusView<>(setup);
        this.explainer = new Explainer<>(setup, core, statuses);
    }

    @Override
    public String name() {
        return setup.name();
    }

    @Override
    public Table<T> table() {
        return setup.table();
    }

    @Override
    public Options options() {
        return core.options();
    }

    @Override
    public void options(Options options) {
        requireNonNull(options, "options");
        checkRuns("its options cannot be changed");
        loop.look(() -> core.replaceOptions(options));
        loop.post(Event.Look.AT_THE_OPTIONS);
    }

    @Override
    public @Nullable Status status(ReadTxn txn, Key key) {
        return statuses.status(txn, key);
    }

    @Override
    public Stream<Key> withStatus(ReadTxn txn, StatusKind kind) {
        return new ByKind<>(setup, loop, core, statuses).find(txn, requireNonNull(kind, "kind"));
    }

    @Override
    public List<Key> undoneDeletes() {
        return look(() -> Findings.undoneDeletes(core));
    }

    @Override
    public ReconcilerHealth health() {
        return look(() -> Findings.health(setup, core));
    }

    @Override
    public Stream<ReconcilerHealth.Failing> failures() {
        return StreamSupport.stream(new FailingPieces<>(setup, loop, core.backlog()), false);
    }

    @Override
    public ReconcilerStats stats() {
        return look(() -> core.journal()
                .stats(
                        core.backlog().queued()
                                + core.slots().waiting()
                                + core.notComeTo().all(),
                        core.slots().taken()));
    }

    @Override
    public Optional<Explanation> explain(Key key) {
        requireNonNull(key, "key");
        return look(() -> explainer.explain(key));
    }

    @Override
    public CompletionStage<PruneReport> prune() {
        CompletableFuture<PruneReport> report = new CompletableFuture<>();
        loop.post(new Event.PruneNow(report));
        return report.minimalCompletionStage();
    }

    @Override
    public CompletionStage<PruneReport> confirmPrune(long number) {
        HeldPrune held = heldPrune().orElse(null);
        if (held == null || held.number() != number) {
            throw HeldList.unknown(number, held);
        }
        CompletableFuture<PruneReport> report = new CompletableFuture<>();
        loop.post(new Event.Confirm(number, report));
        return report.minimalCompletionStage();
    }

    @Override
    public Optional<HeldPrune> heldPrune() {
        return loop.look(() -> Optional.ofNullable(core.pruner().held()));
    }

    @Override
    public boolean retry(Key key) {
        requireNonNull(key, "key");
        checkRuns("nothing can be retried");
        ReadTxn txn = setup.database().readTxn();
        boolean known = setup.row(txn, key) != null
                || loop.look(() -> {
                    Work<T> work = core.backlog().get(key);
                    return work != null && !work.isIdle();
                });
        if (known) {
            loop.post(new Event.RetryNow(key));
        }
        return known;
    }

    @Override
    public void refresh() {
        checkRuns("nothing can be refreshed");
        loop.post(new Event.Refresh(null));
    }

    @Override
    public boolean refresh(Key key) {
        requireNonNull(key, "key");
        checkRuns("nothing can be refreshed");
        boolean there = setup.row(setup.database().readTxn(), key) != null;
        if (there) {
            loop.post(new Event.Refresh(key));
        }
        return there;
    }

    @Override
    public Optional<Table<PlannedChange>> plan() {
        return Optional.ofNullable(setup.plan().table());
    }

    @Override
    public CompletionStage<DriftReport> observe() {
        CompletableFuture<DriftReport> report = new CompletableFuture<>();
        loop.post(new Event.Observe(report));
        return report.minimalCompletionStage();
    }

    @Override
    public boolean pause(Key key) {
        requireNonNull(key, "key");
        boolean paused = loop.look(() -> core.pause(key, true));
        if (paused) {
            loop.post(new Event.Paused(key));
        }
        return paused;
    }

    @Override
    public boolean resume(Key key) {
        requireNonNull(key, "key");
        boolean paused = loop.look(() -> core.pause(key, false));
        if (paused) {
            loop.post(new Event.Resumed(key));
        }
        return paused;
    }

    @Override
    public List<Key> pausedKeys() {
        return setup.paused().all();
    }

    @Override
    public CompletionStage<WaitResult> waitForReconciliation() {
        Wait.ForReconciliation wait = new Wait.ForReconciliation(revisionNow());
        return startWait(wait, wait.future());
    }

    @Override
    public CompletionStage<ReconciledUpTo> waitUntilReconciled(long revision) {
        if (revision < 0) {
            throw new IllegalArgumentException(fullName() + ": revision: must be at least 0, but was " + revision);
        }
        Wait.ForAttempts wait = new Wait.ForAttempts(Math.min(revision, revisionNow()));
        return startWait(wait, wait.future());
    }

    /** Each caller has a future of its own, and leaves when it completes that in another way. */
    private <R> CompletionStage<R> startWait(Wait wait, CompletableFuture<R> future) {
        loop.post(new Event.Waiting(wait));
        var _ = future.whenComplete((_, _) -> {
            if (wait.counted) {
                loop.post(new Event.WaitsNoMore(wait));
            }
        });
        return future;
    }

    @Override
    public CompletionStage<Void> stop() {
        loop.post(new Event.Stop());
        stopGuard.set(core.options().stopDeadline());
        return core.stopping().stopped().minimalCompletionStage();
    }

    @Override
    public boolean isStopped() {
        return core.stopping().hasBegun();
    }

    @Override
    public Remembered<T> remembered() {
        if (!core.stopping().stopped().isDone()) {
            throw new IllegalStateException(
                    fullName() + " has not stopped: what it remembers changes; stop it, and wait for the end");
        }
        List<Remembered.Note<T>> notes = setup.store().written(setup.database().readTxn()).stream()
                .map(StatusRecord::note)
                .toList();
        return new Remembered<>(notes, loop.look(() -> core.intake().position()));
    }

    @Override
    public Optional<Table<?>> statusTable() {
        return Optional.ofNullable(setup.store().table());
    }

    @Override
    public long blocked() {
        return loop.look(() -> core.blockers().works());
    }

    @Override
    public FailureGroups failureGroups(int most) {
        return look(() -> Findings.groups(setup, core.backlog(), most));
    }

    @Override
    public Optional<ReconcilerHealth.Failing> failing(Key key) {
        requireNonNull(key, "key");
        return look(() -> Optional.ofNullable(core.backlog().get(key))
                .filter(work -> work.error != null)
                .map(work -> Findings.failing(setup, work)));
    }

    @Override
    public String pruneState() {
        return loop.look(() -> Findings.pruneState(setup, core));
    }

    @Override
    public String toString() {
        return "reconciler " + fullName();
    }

    /** The number of keys about which something is known to be done. */
    int works() {
        return loop.look(() -> core.backlog().all().size());
    }

    /** The number of waits that are open. */
    int waiting() {
        return loop.look(core::waiting);
    }

    private void checkRuns(String otherwise) {
        if (isStopped()) {
            throw new IllegalStateException(fullName() + " " + core.stopping().why() + ": " + otherwise);
        }
    }

    /** As of now: what has ended is settled first. */
    private <R> R look(Supplier<R> view) {
        return loop.look(() -> {
            core.settleEnded();
            return view.get();
        });
    }

    private long revisionNow() {
        return isStopped() ? 0 : setup.table().revision(setup.database().readTxn());
    }
}
