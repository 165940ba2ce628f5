import org.jspecify.annotations.NullMarked;

/** The homeostat command: a client of the running host. */
@NullMarked
module dev.homeostat.cli {
    requires info.picocli;
    requires java.compiler; // to tell names of packages
    requires static org.jline.reader; // for the shell alone, whose command line puts it on the module path
    requires static org.jline.terminal;
    requires static org.jspecify;
    requires tools.jackson.core;
}
