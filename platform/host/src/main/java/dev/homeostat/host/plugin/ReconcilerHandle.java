package dev.homeostat.host.plugin;

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
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.ReconcilerStats;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A reconciler that a plugin contributed. */
final class ReconcilerHandle<T> implements Reconciler<T> {
    private final Leash leash;
    private final String name;
    private final ReadHandle<T> table;
    private volatile @Nullable Reconciler<T> engine;
    private volatile OptionsOverrides.@Nullable Charge charge;

    /** Guarded by the monitor. */
    private @Nullable ReadHandle<PlannedChange> plan;

    ReconcilerHandle(Leash leash, String name, ReadHandle<T> table) {
        this.leash = leash;
        this.name = name;
        this.table = table;
    }

    void attach(Reconciler<T> reconciler, OptionsOverrides.Charge taken) {
        charge = taken;
        engine = reconciler;
    }

    void detach() {
        engine = null;
        charge = null;
        ReadHandle<PlannedChange> handle;
        synchronized (this) {
            handle = plan;
            plan = null;
        }
        if (handle != null) {
            handle.detach();
        }
    }

    private Reconciler<T> engine() {
        Reconciler<T> current = engine;
        if (current == null) {
            String thing = "reconciler \"" + fullName() + "\"";
            leash.checkActive(thing);
            throw leash.gone(thing);
        }
        return current;
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
        return engine().options();
    }

    @Override
    public void options(Options options) {
        requireNonNull(options, "options");
        Reconciler<T> running = engine();
        OptionsOverrides.Charge taken = charge;
        if (taken == null) {
            running.options(options); // it stops right now
        } else {
            taken.declare(options);
        }
    }

    @Override
    public @Nullable Status status(ReadTxn txn, Key key) {
        return engine().status(PluginTxn.engine(txn), key);
    }

    @Override
    public Stream<Key> withStatus(ReadTxn txn, StatusKind kind) {
        return engine().withStatus(PluginTxn.engine(txn), kind);
    }

    @Override
    public List<Key> undoneDeletes() {
        return engine().undoneDeletes();
    }

    @Override
    public ReconcilerHealth health() {
        return engine().health();
    }

    @Override
    public Stream<ReconcilerHealth.Failing> failures() {
        return engine().failures();
    }

    @Override
    public ReconcilerStats stats() {
        return engine().stats();
    }

    @Override
    public Optional<Explanation> explain(Key key) {
        return engine().explain(key);
    }

    @Override
    public CompletionStage<PruneReport> prune() {
        return engine().prune();
    }

    @Override
    public CompletionStage<PruneReport> confirmPrune(long number) {
        return engine().confirmPrune(number);
    }

    @Override
    public Optional<HeldPrune> heldPrune() {
        return engine().heldPrune();
    }

    @Override
    public boolean retry(Key key) {
        return engine().retry(key);
    }

    @Override
    public void refresh() {
        engine().refresh();
    }

    @Override
    public boolean refresh(Key key) {
        return engine().refresh(key);
    }

    @Override
    public synchronized Optional<Table<PlannedChange>> plan() {
        Table<PlannedChange> present = engine().plan().orElse(null);
        if (present == null) {
            return Optional.empty();
        }
        ReadHandle<PlannedChange> handle = plan;
        if (handle == null) {
            handle = new ReadHandle<>(leash, present.spec());
            handle.attach(present);
            plan = handle;
        }
        return Optional.of(handle);
    }

    @Override
    public CompletionStage<DriftReport> observe() {
        return engine().observe();
    }

    @Override
    public boolean pause(Key key) {
        return engine().pause(key);
    }

    @Override
    public boolean resume(Key key) {
        return engine().resume(key);
    }

    @Override
    public List<Key> pausedKeys() {
        return engine().pausedKeys();
    }

    @Override
    public CompletionStage<WaitResult> waitForReconciliation() {
        return engine().waitForReconciliation();
    }

    @Override
    public CompletionStage<ReconciledUpTo> waitUntilReconciled(long revision) {
        return engine().waitUntilReconciled(revision);
    }

    @Override
    public String toString() {
        return "reconciler \"" + fullName() + "\" of plugin \"" + leash.plugin() + "\"";
    }
}
