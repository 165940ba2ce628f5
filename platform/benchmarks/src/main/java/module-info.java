import org.jspecify.annotations.NullMarked;

/** JMH benchmarks of the state database and the reconciler, and the report that is made of their results. */
@NullMarked
module dev.homeostat.benchmarks {
    requires clojure;
    requires com.h2database.mvstore;
    requires dev.homeostat.api;
    requires dev.homeostat.reconciler;
    requires dev.homeostat.statedb;
    requires io.vavr;
    requires jmh.core;
    requires org.pcollections;
    requires jdk.management; // what a thread allocates, and the processor time of the process
    requires tools.jackson.databind;
    requires static org.jspecify;
}
