import org.jspecify.annotations.NullMarked;

/** JMH benchmarks of the state database and the reconciler. */
@NullMarked
module dev.homeostat.benchmarks {
    requires dev.homeostat.api;
    requires dev.homeostat.reconciler;
    requires dev.homeostat.statedb;
    requires jmh.core;
    requires static org.jspecify;
}
