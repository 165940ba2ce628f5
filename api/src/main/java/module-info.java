import org.jspecify.annotations.NullMarked;

/**
 * What a plugin compiles against, and what an embedder of the state database or the reconciler sees: interfaces, small values and sealed outcomes.
 *
 * <p>This module depends on nothing but annotations, {@code jakarta.inject} and SLF4J, so that no plugin ever shares a library with the host by accident.
 */
@NullMarked
@SuppressWarnings("module") // the engine is compiled later, and named here
module dev.homeostat.api {
    requires transitive org.jspecify; // not static: RecordCodec looks for @Nullable at run time
    requires transitive jakarta.inject;
    requires transitive org.slf4j;

    exports dev.homeostat.api.collection;
    exports dev.homeostat.api.db;
    exports dev.homeostat.api.flow;
    exports dev.homeostat.api.plugin;
    exports dev.homeostat.api.reconcile;
    exports dev.homeostat.api.schedule;
    exports dev.homeostat.api.source;
    exports dev.homeostat.api.stability;
    exports dev.homeostat.api.tree;
    exports dev.homeostat.api.db.internal to
            dev.homeostat.launcher,
            dev.homeostat.statedb;
}
