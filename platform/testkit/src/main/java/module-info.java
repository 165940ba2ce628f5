import org.jspecify.annotations.NullMarked;

/** What tests of tables, operations and plugins need: fakes, a virtual clock, a JUnit extension. */
@NullMarked
module dev.homeostat.testkit {
    requires transitive dev.homeostat.api;
    requires transitive dev.homeostat.reconciler;
    requires transitive dev.homeostat.statedb;
    requires transitive dev.homeostat.testkit.fakes;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.homeostat.testkit;
}
