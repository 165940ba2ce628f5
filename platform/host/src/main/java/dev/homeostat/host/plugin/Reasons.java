package dev.homeostat.host.plugin;

import dev.homeostat.api.tree.DocumentException;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Collectors;

/** What was thrown, in words for a person. */
final class Reasons {
    private Reasons() {}

    /** The message, with the kind of error where the message alone would not be understood. */
    static String of(Throwable error) {
        if (error instanceof InvocationTargetException && error.getCause() != null) {
            return of(error.getCause());
        }
        String message = error.getMessage();
        if (error instanceof DocumentException document) {
            return document.problems().stream().map(Object::toString).collect(Collectors.joining("; "));
        }
        if (error instanceof PluginRefusedException && message != null) {
            return message;
        }
        String kind = error.getClass().getSimpleName();
        return message == null || message.isBlank() ? kind : kind + ": " + message;
    }
}
