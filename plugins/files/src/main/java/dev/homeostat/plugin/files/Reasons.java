package dev.homeostat.plugin.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed on disk, in words for a person. */
final class Reasons {
    private Reasons() {}

    static String of(IOException error, ManagedDirectory directory) {
        return switch (error) {
            case AccessDeniedException denied ->
                "permission denied (" + directory.directoryOf(denied.getFile()) + "); check its owner and mode";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case NotDirectoryException file -> file.getFile() + " is not a directory";
            case FileAlreadyExistsException file ->
                file.getFile() + " is in the way: it is no directory, and one is needed";
            case DirectoryNotEmptyException full -> full.getFile() + " is a directory that is not empty";
            case ClosedByInterruptException interrupted -> "it was interrupted";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            case FileSystemException other -> other.getFile() + " is refused, and the system does not say why";
            default -> String.valueOf(error.getMessage());
        };
    }
}
