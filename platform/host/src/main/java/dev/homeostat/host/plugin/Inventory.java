package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What there is of plugins and of what they contributed, at one moment.
 *
 * @param plugins ordered by id
 * @param tables ordered by name
 * @param reconcilers ordered by full name
 */
public record Inventory(List<PluginView> plugins, List<TableView> tables, List<ReconcilerView> reconcilers) {
    static final Inventory EMPTY = new Inventory(List.of(), List.of(), List.of());

    public Inventory {
        plugins = List.copyOf(plugins);
        tables = List.copyOf(tables);
        reconcilers = List.copyOf(reconcilers);
    }

    /** @param absent what is to be shown of plugins that were unloaded */
    static Inventory of(Collection<PluginEntry> entries, Collection<PluginView> absent, Leaks leaks) {
        return new Inventory(
                leaks
                        .shown(Stream.concat(entries.stream().map(PluginEntry::view), absent.stream())
                                .toList())
                        .stream()
                        .sorted(Comparator.comparing(PluginView::id))
                        .toList(),
                entries.stream()
                        .flatMap(entry -> entry.contributed(TableContribution.class).stream()
                                .map(table -> tableView(table, entry.id()))
                                .flatMap(Optional::stream))
                        .sorted(Comparator.comparing(view -> view.table().name()))
                        .toList(),
                entries.stream()
                        .flatMap(entry -> entry.contributed(ReconcilerContribution.class).stream()
                                .map(reconciler -> reconcilerView(reconciler, entry.id()))
                                .flatMap(Optional::stream))
                        .sorted(Comparator.comparing(view -> view.reconciler().fullName()))
                        .toList());
    }

    private static Optional<TableView> tableView(TableContribution<?> contribution, String plugin) {
        return Optional.<Table<?>>ofNullable(contribution.table()).map(table -> new TableView(table, plugin));
    }

    private static Optional<ReconcilerView> reconcilerView(ReconcilerContribution<?> contribution, String plugin) {
        return Optional.<Reconciler<?>>ofNullable(contribution.reconciler())
                .map(reconciler -> new ReconcilerView(reconciler, plugin));
    }
}
