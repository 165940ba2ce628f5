package dev.homeostat.plugin.files;

/** A row's path is not one that may be written, whatever is on disk now or later. */
final class PathRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    PathRefusedException(String message) {
        super(message);
    }
}
