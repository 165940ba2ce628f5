import org.jspecify.annotations.NullMarked;

/** The reconciler: moves a target system toward what a table desires. */
@NullMarked
module dev.homeostat.reconciler {
    requires transitive dev.homeostat.api;
    requires jdk.jfr;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.homeostat.reconciler;
}
