import org.jspecify.annotations.NullMarked;

/** The host: loads plugins into layers of their own and wires what they contribute. */
@NullMarked
module dev.homeostat.host {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.codahale.metrics;
    requires com.codahale.metrics.jmx;
    requires com.google.guice;
    requires dev.homeostat.api;
    requires dev.homeostat.launcher;
    requires dev.homeostat.reconciler;
    requires dev.homeostat.statedb;
    requires io.prometheus.metrics.config;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires jakarta.inject;
    requires java.logging;
    requires transitive java.management;
    requires java.management.rmi;
    requires java.rmi;
    requires jdk.jfr;
    requires jdk.management;
    requires jdk.net;
    requires org.pf4j;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports dev.homeostat.host.mxbean;

    provides dev.homeostat.launcher.HostRunner with
            dev.homeostat.host.Runner;
}
