package dev.homeostat.host.plugin;

import dev.homeostat.api.db.TableSpec;
import java.util.List;
import java.util.Optional;

/** The plugins that have contributed already, as a new one sees them: their names are taken, and tables of its dependencies can be used. Immutable. */
record Neighbours(List<Neighbour> all) {
    Neighbours {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param dependency whether the new one depends on it, directly or not
     */
    record Neighbour(String plugin, PluginScope scope, boolean dependency) {
        private Optional<TableContribution<?>> table(String name) {
            return scope.all(TableContribution.class).stream()
                    .<TableContribution<?>>map(table -> table)
                    .filter(table -> table.spec().name().equals(name))
                    .findFirst();
        }
    }

    void checkNewTable(String name) {
        for (Neighbour one : all) {
            if (one.table(name).isPresent()) {
                throw taken("table \"" + name + "\"", one);
            }
        }
    }

    void checkNewReconciler(String fullName) {
        for (Neighbour one : all) {
            if (one.scope().all(ReconcilerContribution.class).stream()
                    .anyMatch(reconciler -> reconciler.fullName().equals(fullName))) {
                throw taken("reconciler \"" + fullName + "\"", one);
            }
        }
    }

    void checkNewSource(String name) {
        for (Neighbour one : all) {
            if (one.scope().all(SourceContribution.class).stream()
                    .anyMatch(source -> source.name().equals(name))) {
                throw taken("source \"" + name + "\"", one);
            }
        }
    }

    /** The table that was contributed with that specification. */
    @SuppressWarnings("unchecked") // the row types are compared
    <T> TableContribution<T> table(TableSpec<T> spec) {
        for (Neighbour one : all) {
            Optional<TableContribution<?>> found = one.table(spec.name());
            if (found.isPresent() && !one.dependency()) {
                throw new PluginRefusedException("table \"" + spec.name() + "\" is plugin \"" + one.plugin()
                        + "\"'s: name that one in Plugin-Dependencies to use it");
            }
            if (found.isPresent()) {
                if (found.get().spec().rowType() != spec.rowType()) {
                    throw new PluginRefusedException("table \"" + spec.name() + "\" of plugin \"" + one.plugin()
                            + "\" has rows of another class: use that plugin's own specification, and bundle"
                            + " no copy of it");
                }
                return (TableContribution<T>) found.get();
            }
        }
        throw new PluginRefusedException(
                "there is no table \"" + spec.name() + "\" in a plugin that this one depends on");
    }

    private static PluginRefusedException taken(String thing, Neighbour first) {
        return new PluginRefusedException(
                thing + " is contributed by plugin \"" + first.plugin() + "\" already: stop one of the two");
    }
}
