package dev.homeostat.host.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed on disk, in words for a person: many of Java's exceptions have no message but the path, and their names mean nothing to an operator. */
public final class DiskReason {
    private DiskReason() {}

    /** The words; of what is no failure of input or output, its class and message. */
    public static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean envelope = failure instanceof UncheckedIOException || failure instanceof DirectoryIteratorException;
        if (envelope && cause != null) {
            return cause.toString().equals(failure.getMessage()) ? of(cause) : String.valueOf(failure.getMessage());
        }
        return switch (failure) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case NotDirectoryException file -> file.getFile() + " is not a directory";
            case FileAlreadyExistsException there -> there.getFile() + " is in the way";
            case DirectoryNotEmptyException full -> full.getFile() + " is a directory that is not empty";
            case FileSystemException refused
            when refused.getReason() == null -> refused.getFile() + " is refused, and the system does not say why";
            case FileSystemException refused -> String.valueOf(refused.getMessage());
            case CharacterCodingException text -> "it is no text in UTF-8";
            case ClosedByInterruptException interrupted -> "it was interrupted";
            case IOException other when other.getMessage() != null -> other.getMessage();
            default -> failure.toString();
        };
    }
}
