package dev.homeostat.host.plugin;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.ReadTxn;

/** A change iterator that takes a plugin's transactions. */
record ChangesHandle<T>(ChangeIterator<T> engine) implements ChangeIterator<T> {
    @Override
    public Changes<T> next(ReadTxn txn) {
        return engine.next(PluginTxn.engine(txn));
    }

    @Override
    public long revision() {
        return engine.revision();
    }

    @Override
    public void close() {
        engine.close();
    }
}
