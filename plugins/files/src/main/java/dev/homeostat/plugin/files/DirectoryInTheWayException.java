package dev.homeostat.plugin.files;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Where a file is wanted, there is a directory that is not replaced. */
final class DirectoryInTheWayException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    DirectoryInTheWayException(Path directory) {
        super(directory.toString(), null, "is a directory, where a file is wanted");
    }
}
