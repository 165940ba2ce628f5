import org.jspecify.annotations.NullMarked;

/** The boot layer: sees to it that the host runs in a module layer of its own. */
@NullMarked
@SuppressWarnings("module") // the host is compiled later, and named here
module dev.homeostat.launcher {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires dev.homeostat.api;
    requires java.logging;
    requires java.management;
    requires jul.to.slf4j;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.homeostat.launcher to
            dev.homeostat.host;
    exports dev.homeostat.launcher.log to
            ch.qos.logback.core;

    uses dev.homeostat.launcher.HostRunner;
}
