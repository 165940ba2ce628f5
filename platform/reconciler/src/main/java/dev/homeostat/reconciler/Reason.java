package dev.homeostat.reconciler;

import org.jspecify.annotations.Nullable;

/** Says in one line what was thrown: the type is often half of the reason, as with a {@code NoSuchFileException}. */
final class Reason {
    private Reason() {}

    static String of(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        String message = message(thrown);
        return message == null || message.isBlank() ? type : type + ": " + message;
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable t) { // a plugin's exception is a plugin's code
            return "its message cannot be read: " + t.getClass().getSimpleName();
        }
    }
}
