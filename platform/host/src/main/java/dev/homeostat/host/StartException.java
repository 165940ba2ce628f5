package dev.homeostat.host;

/** The host cannot start, for a reason outside of it. The message is for the one who started it, and says what to do. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
