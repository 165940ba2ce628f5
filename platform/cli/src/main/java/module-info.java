import org.jspecify.annotations.NullMarked;

/** The homeostat command: a client of the running host. */
@NullMarked
module dev.homeostat.cli {
    requires info.picocli;
    requires java.compiler; // to tell names of packages
    requires tools.jackson.core;
    requires static org.jspecify;
}
