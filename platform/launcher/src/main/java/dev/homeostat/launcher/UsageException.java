package dev.homeostat.launcher;

/** The command line, or a setting that stands for it, makes no sense. The message is for the one who typed it. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
