package dev.homeostat.host.handover;

import org.jspecify.annotations.Nullable;

/** Why a plugin's code refused something, in one line. */
final class Why {
    private Why() {}

    /** What it says, or its class where it cannot say anything. */
    static String of(Throwable thrown) {
        try {
            @Nullable String message = thrown.getMessage();
            return (message == null || message.isBlank() ? thrown.toString() : message).replace("\n", "; ");
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return thrown.getClass().getName();
        }
    }
}
