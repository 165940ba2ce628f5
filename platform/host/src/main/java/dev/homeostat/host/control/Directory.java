package dev.homeostat.host.control;

import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.TableView;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds tables and reconcilers by the names that people give them, and says what they may have meant when there is none. */
record Directory(HostView view) {
    TableReader<?> table(String name) throws ControlException {
        List<TableView> tables = view.tables();
        for (TableView candidate : tables) {
            if (candidate.table().name().equals(name)) {
                return reader(candidate);
            }
        }
        List<String> names = tables.stream().map(table -> table.table().name()).toList();
        throw new ControlException(
                Code.UNKNOWN_TABLE,
                "there is no table \"" + name + "\"",
                Nearest.hint(name, names)
                        + (names.isEmpty() ? "no plugin has contributed any" : "\"homeostat db tables\" lists them"));
    }

    /** That table, or all for null. */
    List<TableReader<?>> tables(@Nullable String name) throws ControlException {
        if (name != null) {
            return List.of(table(name));
        }
        return view.tables().stream().<TableReader<?>>map(this::reader).toList();
    }

    private TableReader<?> reader(TableView table) {
        return new TableReader<>(table.table(), reconcilersOf(table.table().name()));
    }

    List<? extends Reconciler<?>> reconcilersOf(String table) {
        return view.reconcilers().stream()
                .<Reconciler<?>>map(one -> one.reconciler())
                .filter(reconciler -> reconciler.table().name().equals(table))
                .toList();
    }

    /** The reconciler of that full name; a bare name will do where only one reconciler has it. */
    Reconciler<?> reconciler(String name) throws ControlException {
        List<? extends Reconciler<?>> all = view.reconcilers().stream()
                .<Reconciler<?>>map(one -> one.reconciler())
                .toList();
        for (Reconciler<?> reconciler : all) {
            if (reconciler.fullName().equals(name)) {
                return reconciler;
            }
        }
        List<? extends Reconciler<?>> ofThatName = all.stream()
                .filter(reconciler -> reconciler.name().equals(name))
                .toList();
        if (ofThatName.size() == 1) {
            return ofThatName.getFirst();
        }
        List<String> names =
                all.stream().map(reconciler -> reconciler.fullName()).toList();
        // Who leaves the table out mistypes the bare name: that may be near where the full one is not.
        List<String> written = Stream.concat(names.stream(), all.stream().<String>map(reconciler -> reconciler.name()))
                .distinct()
                .toList();
        throw new ControlException(
                Code.UNKNOWN_RECONCILER,
                ofThatName.isEmpty()
                        ? "there is no reconciler \"" + name + "\""
                        : "several reconcilers are called \"" + name + "\"",
                (ofThatName.isEmpty() ? Nearest.hint(name, written) : "")
                        + (names.isEmpty()
                                ? "no plugin has contributed any"
                                : "the full name is table/name: " + String.join(", ", names)));
    }
}
