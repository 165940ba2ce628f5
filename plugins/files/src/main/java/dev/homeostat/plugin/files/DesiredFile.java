package dev.homeostat.plugin.files;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.Description;
import dev.homeostat.api.tree.RecordCodec;
import java.lang.invoke.MethodHandles;

/**
 * A file that is wanted.
 *
 * @param path relative to the managed directory, with {@code /} between its parts. A bad one is refused here and not by the update: a manifest with it is
 *     rejected as a whole, with file and line, and deletes nothing that its last good version wants
 * @param content the text, written as UTF-8
 * @param mode the permissions, as an octal number of three digits with or without a leading 0
 */
public record DesiredFile(
        @Description("Where the file lies, relative to the managed directory.")
        String path,

        @Description("What is in the file; written as UTF-8.")
        String content,

        @Default("0644") @Description("Its permissions, in octal and in quotes.")
        String mode) {
    /** By path. */
    public static final Index<DesiredFile, String> PATH = Index.unique("path", Keys.STRING, DesiredFile::path);

    /** The table. */
    public static final TableSpec<DesiredFile> TABLE = TableSpec.of("files", DesiredFile.class, PATH)
            .codec(RecordCodec.of(MethodHandles.lookup(), DesiredFile.class))
            .acceptingSources();

    /** @throws IllegalArgumentException if the path is none below the managed directory, or the mode is none */
    public DesiredFile {
        requireNonNull(path, "path");
        try {
            ManagedPath.parse(path);
        } catch (PathRefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        requireNonNull(content, "content");
        FileMode.parse(mode);
    }
}
