import org.jspecify.annotations.NullMarked;

/** Keeps files on disk as the table {@code files} says. */
@NullMarked
module dev.homeostat.plugin.files {
    requires dev.homeostat.api;
    requires org.slf4j;
    requires static org.jspecify;

    provides dev.homeostat.api.plugin.Plugin with
            dev.homeostat.plugin.files.FilesPlugin;
}
