import org.jspecify.annotations.NullMarked;

/** The boot layer: sees to it that the host runs in a module layer of its own. */
@NullMarked
@SuppressWarnings("module") // the host is compiled later, and named here
module dev.homeostat.launcher {
    requires dev.homeostat.api;
    requires java.logging;
    requires java.management;
    requires jul.to.slf4j;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.homeostat.launcher to
            dev.homeostat.host;

    uses dev.homeostat.launcher.HostRunner;
}
