package dev.homeostat.plugin.files;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.PruneContext;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the reconciler gives to operations; collects removals. */
final class FakeContext implements PruneContext {
    final Map<String, Removal> removals = new TreeMap<>();
    final Map<String, Key> keys = new TreeMap<>();
    private final ReadTxn txn;

    FakeContext(ReadTxn txn) {
        this.txn = txn;
    }

    @Override
    public void remove(String name, Key rowKey, Removal action) {
        removals.put(name, action);
        keys.put(name, rowKey);
    }

    @Override
    public void remove(String name, Predicate<ReadTxn> stillUndesired, Removal action) {
        removals.put(name, action);
    }

    @Override
    public ReadTxn txn() {
        return txn;
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Cause cause() {
        return Cause.CHANGE;
    }

    @Override
    public Instant deadline() {
        return Instant.MAX;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of();
    }

    @Override
    public void learn(String name, String fact) {
        throw new UnsupportedOperationException();
    }
}
