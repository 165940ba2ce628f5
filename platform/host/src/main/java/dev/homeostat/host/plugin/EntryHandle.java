package dev.homeostat.host.plugin;

import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What a batch of a plugin sees of one entry: with the plugin's view of the database. */
final class EntryHandle<T> extends OperationHandle implements BatchEntry<T> {
    private final BatchEntry<T> engine;

    private EntryHandle(BatchEntry<T> engine, DatabaseHandle database) {
        super(engine, database);
        this.engine = engine;
    }

    static <T> List<BatchEntry<T>> all(List<BatchEntry<T>> entries, DatabaseHandle database) {
        List<BatchEntry<T>> handles = new ArrayList<>(entries.size());
        for (BatchEntry<T> entry : entries) {
            handles.add(new EntryHandle<>(entry, database));
        }
        return List.copyOf(handles);
    }

    @Override
    public T row() {
        return engine.row();
    }

    @Override
    public void result(Outcome outcome) {
        engine.result(outcome);
    }
}
