package dev.homeostat.plugin.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Where a directory is needed, there is something else. */
final class FileInTheWayException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final String relative;

    FileInTheWayException(Path file, String relative) {
        super(file.toString(), null, "is a file, where a directory is needed");
        this.relative = relative;
    }

    /** The file's path relative to the managed directory, as a row would have it. */
    String relative() {
        return relative;
    }
}
