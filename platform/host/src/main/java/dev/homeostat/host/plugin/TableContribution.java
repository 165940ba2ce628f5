package dev.homeostat.host.plugin;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.host.handover.Carried;
import dev.homeostat.host.handover.CodecChoice;
import dev.homeostat.statedb.StateDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A table that a plugin owns. Lives as long as the plugin is active. */
final class TableContribution<T> implements Contribution {
    /** What a row may take that is written or read: ten times what it takes on a machine that has other things to do. */
    private static final Duration A_ROW = Duration.ofNanos(100_000);

    private final TableSpec<T> spec;
    private final CodecChoice<T> choice;
    private final TableHandle<T> handle;
    private final HostServices services;
    private final Events events;
    private final List<String> initializers = new CopyOnWriteArrayList<>();
    private volatile @Nullable RWTable<T> table;

    TableContribution(CodecChoice<T> choice, TableHandle<T> handle, HostServices services, Events events) {
        this.spec = choice.spec();
        this.choice = choice;
        this.handle = handle;
        this.services = services;
        this.events = events;
    }

    TableSpec<T> spec() {
        return spec;
    }

    /** Whether that is the handle of this table. */
    boolean isOf(RWTable<?> other) {
        return handle == other;
    }

    /** Adds an initializer, while the plugin contributes. */
    void initializer(String name) {
        initializers.add(name);
    }

    /** The engine's table, while there is one. */
    @Nullable
    RWTable<T> table() {
        return table;
    }

    @Override
    public Kind kind() {
        return Kind.TABLE;
    }

    @Override
    public Duration extra(Carried carried) {
        RWTable<T> made = table;
        long rows = made != null && carried.isWanted()
                ? made.count(services.database().readTxn())
                : carried.rows(spec.name());
        return A_ROW.multipliedBy(rows);
    }

    @Override
    public String thing() {
        return "table \"" + spec.name() + "\"";
    }

    @Override
    public void start(Carried carried) {
        if (spec.acceptsSources()) {
            initializers.addAll(services.sources().initializersFor(spec));
        }
        RWTable<T> made = carried.makeTable(services.keeping(), choice, initializers);
        table = made;
        handle.attach(made);
        events.tableAdded(made);
        if (spec.acceptsSources()) {
            services.sources().tableAdded(made);
        }
    }

    @Override
    public void stop(Deadline deadline, Carried carried) {
        RWTable<T> made = table;
        handle.detach();
        if (made != null) {
            events.tableRemoved(made);
            if (spec.acceptsSources()) {
                services.sources().tableRemoved(spec.name());
            }
            table = null;
            try {
                remove(made, carried);
            } finally {
                services.lookups().tableRemoved(made);
            }
        }
    }

    private void remove(RWTable<T> made, Carried carried) {
        if (!carried.isWanted()) {
            services.database().remove(made);
            return;
        }
        try {
            StateDatabase.remove(
                    services.database(),
                    made,
                    last -> carried.tableRemoved(services.keeping(), made, choice.lack(), last));
        } catch (RuntimeException | Error e) { // the plugin's codec, or no memory for all of it
            carried.letGo(made);
            services.database().remove(made);
            throw e;
        }
    }
}
