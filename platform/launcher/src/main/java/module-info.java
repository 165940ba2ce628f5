import org.jspecify.annotations.NullMarked;

/** The boot layer: sees to it that the host runs in a module layer of its own. */
@NullMarked
module dev.homeostat.launcher {
    requires org.slf4j;
    requires static org.jspecify;
}
