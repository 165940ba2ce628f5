package dev.homeostat.distribution;

/** The distribution cannot be built; the message says why, and what to do. */
final class BuildFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BuildFailure(String message) {
        super(message);
    }
}
