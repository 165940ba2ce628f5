package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Initializer;
import dev.homeostat.api.db.Inserted;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A table that a plugin owns. */
final class TableHandle<T> extends ReadHandle<T> implements RWTable<T> {
    TableHandle(Leash leash, TableSpec<T> spec) {
        super(leash, spec);
    }

    /** The engine's table, to be written. */
    RWTable<T> writable() {
        return (RWTable<T>) engine(); // attached by TableContribution, which made it
    }

    @Override
    public @Nullable Row<T> insert(WriteTxn txn, T value) {
        return writable().insert(PluginTxn.engine(txn), value);
    }

    @Override
    public Inserted<T> insertWatch(WriteTxn txn, T value) {
        Inserted<T> inserted = writable().insertWatch(PluginTxn.engine(txn), value);
        return new Inserted<>(inserted.row(), inserted.replaced(), leashed(inserted.watch()));
    }

    @Override
    public @Nullable Row<T> replace(WriteTxn txn, T value) {
        return writable().replace(PluginTxn.engine(txn), value);
    }

    @Override
    public @Nullable Row<T> apply(WriteTxn txn, T value) {
        return writable().apply(PluginTxn.engine(txn), value);
    }

    @Override
    public @Nullable Row<T> modify(WriteTxn txn, T value, BinaryOperator<T> merge) {
        return writable().modify(PluginTxn.engine(txn), value, merge);
    }

    @Override
    public boolean compareAndSwap(WriteTxn txn, long revision, T value) {
        return writable().compareAndSwap(PluginTxn.engine(txn), revision, value);
    }

    @Override
    public @Nullable Row<T> delete(WriteTxn txn, T value) {
        return writable().delete(PluginTxn.engine(txn), value);
    }

    @Override
    public @Nullable Row<T> delete(WriteTxn txn, Query<T> lookup) {
        return writable().delete(PluginTxn.engine(txn), lookup);
    }

    @Override
    public boolean compareAndDelete(WriteTxn txn, long revision, T value) {
        return writable().compareAndDelete(PluginTxn.engine(txn), revision, value);
    }

    @Override
    public long deleteAll(WriteTxn txn) {
        return writable().deleteAll(PluginTxn.engine(txn));
    }

    @Override
    public Initializer addInitializer(WriteTxn txn, String name) {
        return new InitializerHandle(writable().addInitializer(PluginTxn.engine(txn), name));
    }

    @Override
    public Initializer initializer(String name) {
        return new InitializerHandle(writable().initializer(name));
    }

    /** An initializer that takes a plugin's transactions. */
    private record InitializerHandle(Initializer engine) implements Initializer {
        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public void complete(WriteTxn txn) {
            engine.complete(PluginTxn.engine(txn));
        }
    }
}
