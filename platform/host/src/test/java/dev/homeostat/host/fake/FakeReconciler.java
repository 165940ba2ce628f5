package dev.homeostat.host.fake;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
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
import dev.homeostat.reconciler.FailureGroup;
import dev.homeostat.reconciler.FailureGroups;
import dev.homeostat.reconciler.Remembered;
import dev.homeostat.reconciler.RunningReconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A reconciler that says what a test told it to say, and remembers what it was asked to do. */
public final class FakeReconciler<T> implements RunningReconciler<T> {
    private final String name;
    private final FakeTable<T> table;
    private final ConcurrentSkipListMap<Key, Status> statuses = new ConcurrentSkipListMap<>();
    public final List<Key> retried = new ArrayList<>();
    public final List<Key> refreshed = new ArrayList<>();
    private final SortedSet<Key> paused = new TreeSet<>();
    public List<String> problems = List.of();
    /** It cannot say how it goes. */
    public boolean broken;

    public List<Explanation.Attempt> attempts = List.of();
    public @Nullable HeldPrune held;
    public CompletableFuture<PruneReport> pruned = new CompletableFuture<>();
    public @Nullable FakeTable<PlannedChange> plan;
    public CompletableFuture<DriftReport> observed = new CompletableFuture<>();
    public CompletableFuture<WaitResult> waited = new CompletableFuture<>();
    private Options options = Options.defaults();

    public FakeReconciler(String name, FakeTable<T> table) {
        this.name = name;
        this.table = table;
    }

    public void status(Key key, Status status) {
        statuses.put(key, status);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Table<T> table() {
        return table;
    }

    @Override
    public Options options() {
        return options;
    }

    @Override
    public void options(Options changed) {
        options = changed;
    }

    @Override
    public @Nullable Status status(ReadTxn txn, Key key) {
        return statuses.get(key);
    }

    @Override
    public List<Key> undoneDeletes() {
        return statuses.keySet().stream().filter(key -> row(key) == null).toList();
    }

    private @Nullable Row<T> row(Key key) {
        return table.row(key);
    }

    @Override
    public ReconcilerHealth health() {
        if (broken) {
            throw new IllegalStateException("planted");
        }
        List<ReconcilerHealth.Failing> failing = statuses.entrySet().stream()
                .filter(entry -> entry.getValue().kind() == StatusKind.ERROR)
                .map(entry -> new ReconcilerHealth.Failing(
                        table.spec().formatKey(entry.getKey()),
                        row(entry.getKey()) == null,
                        entry.getValue(),
                        entry.getValue()
                                .updatedAt()
                                .minusSeconds(7L * (entry.getValue().attempts() - 1))))
                .toList();
        boolean ok = failing.isEmpty() && problems.isEmpty();
        String message = ok
                ? "OK, " + statuses.size() + " object(s)"
                : failing.size() + " of " + statuses.size() + " object(s) fail";
        return new ReconcilerHealth(ok, message, statuses.size(), failing.size(), failing, problems);
    }

    @Override
    public ReconcilerStats stats() {
        return new ReconcilerStats(2, 1, 0, 3, 4, 1, 0, 0, 1, 0);
    }

    @Override
    public Optional<Explanation> explain(Key key) {
        Status status = statuses.get(key);
        return status == null
                ? Optional.empty()
                : Optional.of(new Explanation(
                        fullName(),
                        table.spec().formatKey(key),
                        row(key) != null,
                        status,
                        "the next attempt is due",
                        attempts));
    }

    @Override
    public CompletionStage<PruneReport> prune() {
        return pruned;
    }

    @Override
    public CompletionStage<PruneReport> confirmPrune(long number) {
        HeldPrune now = held;
        if (now == null || now.number() != number) {
            throw new IllegalArgumentException(fullName() + ": no prune " + number + " is held");
        }
        return CompletableFuture.completedFuture(new PruneReport(now.removals(), List.of(), List.of(), null));
    }

    @Override
    public Optional<HeldPrune> heldPrune() {
        return Optional.ofNullable(held);
    }

    @Override
    public boolean retry(Key key) {
        boolean known = statuses.containsKey(key);
        if (known) {
            retried.add(key);
        }
        return known;
    }

    @Override
    public void refresh() {
        refreshed.addAll(statuses.keySet());
    }

    @Override
    public boolean refresh(Key key) {
        boolean known = row(key) != null;
        if (known) {
            refreshed.add(key);
        }
        return known;
    }

    @Override
    public Optional<Table<PlannedChange>> plan() {
        return Optional.ofNullable(plan);
    }

    @Override
    public CompletionStage<DriftReport> observe() {
        return observed;
    }

    @Override
    public boolean pause(Key key) {
        return paused.add(key);
    }

    @Override
    public boolean resume(Key key) {
        return paused.remove(key);
    }

    @Override
    public List<Key> pausedKeys() {
        return List.copyOf(paused);
    }

    @Override
    public CompletionStage<WaitResult> waitForReconciliation() {
        return waited;
    }

    @Override
    public CompletionStage<ReconciledUpTo> waitUntilReconciled(long revision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> stop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isStopped() {
        return false;
    }

    @Override
    public Remembered<T> remembered() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Table<?>> statusTable() {
        return Optional.empty();
    }

    @Override
    public String pruneState() {
        return "";
    }

    @Override
    public long blocked() {
        return 0;
    }

    /** Each row for itself. */
    @Override
    public FailureGroups failureGroups(int most) {
        List<ReconcilerHealth.Failing> failing = health().failures();
        List<FailureGroup> groups = failing.stream()
                .limit(most)
                .map(one ->
                        new FailureGroup(String.valueOf(one.status().error()).replace(one.key(), "{key}"), 1, one))
                .toList();
        return new FailureGroups(groups, failing.size(), failing.size() - groups.size());
    }

    @Override
    public Optional<ReconcilerHealth.Failing> failing(Key key) {
        return health().failures().stream()
                .filter(one -> one.key().equals(table.spec().formatKey(key)))
                .findFirst();
    }
}
