package dev.homeostat.host.view;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableRemovedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a host does all that it is there for: it runs, all plugins were started but those that somebody stopped, disabled or deleted, and all tables are
 * initialized. Whether rows fail, or the classes of what was stopped are still in memory, are other questions: see {@link HostView#degraded}.
 *
 * @param missing what is missing, each for a person; empty when it is ready
 */
public record Readiness(List<String> missing) {
    public Readiness {
        missing = List.copyOf(missing);
    }

    /** As of now. */
    public static Readiness of(HostView host) {
        List<String> missing = new ArrayList<>();
        if (!host.state().equals("RUNNING")) {
            missing.add("the host is " + host.state().toLowerCase(Locale.ROOT));
        }
        for (PluginView plugin : host.plugins()) {
            switch (plugin.state()) {
                case ACTIVE, STOPPED -> {}
                case LEAKED -> { // somebody stopped or deleted it, else it had failed before
                    if (plugin.failed()) {
                        missing.add(failed(plugin));
                    }
                }
                case FOUND -> missing.add("plugin \"" + plugin.id() + "\" was not yet started");
                case FAILED -> missing.add(failed(plugin));
            }
        }
        ReadTxn txn = host.database().readTxn();
        for (TableView table : host.tables()) {
            Set<String> waitsFor = waitsFor(table, txn);
            if (!waitsFor.isEmpty()) {
                missing.add("table \"" + table.table().name() + "\" waits for " + String.join(", ", waitsFor));
            }
        }
        return new Readiness(missing);
    }

    private static String failed(PluginView plugin) {
        return "plugin \"" + plugin.id() + "\" failed: " + plugin.reason();
    }

    /** One that came after the snapshot, or has gone, waits for nothing. */
    private static Set<String> waitsFor(TableView table, ReadTxn txn) {
        try {
            return table.table().pendingInitializers(txn);
        } catch (TableRemovedException e) {
            return Set.of();
        }
    }

    /** Whether nothing is missing. */
    public boolean ready() {
        return missing.isEmpty();
    }
}
