package dev.homeostat.host.plugin;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.host.disk.DiskReason;
import java.nio.file.FileSystemException;
import java.util.stream.Collectors;

/** What was thrown, in words for a person. */
final class Reasons {
    private Reasons() {}

    /** The message, with the kind of error where the message alone would not be understood. */
    static String of(Throwable thrown) {
        Throwable error = Thrown.safe(thrown);
        String message = error.getMessage();
        if (error instanceof DocumentException document) {
            return document.problems().stream().map(Object::toString).collect(Collectors.joining("; "));
        }
        if (error instanceof PluginRefusedException && message != null) {
            return message;
        }
        if (error instanceof FileSystemException) {
            return DiskReason.of(error);
        }
        String kind = Thrown.kind(error);
        return message == null || message.isBlank() ? kind : kind + ": " + message;
    }
}
