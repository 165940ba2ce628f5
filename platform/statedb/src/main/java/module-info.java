import org.jspecify.annotations.NullMarked;

/** The state database: an in-memory, indexed, watchable, multi-version store of tables. */
@NullMarked
module dev.homeostat.statedb {
    requires transitive dev.homeostat.api;
    requires jdk.jfr;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.homeostat.statedb;
}
