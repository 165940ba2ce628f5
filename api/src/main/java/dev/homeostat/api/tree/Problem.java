package dev.homeostat.api.tree;

/**
 * One thing that is wrong with a document.
 *
 * @param place where
 * @param message what: names the thing, the value, and the way out
 */
public record Problem(Place place, String message) {
    /** {@code file:line: message}. */
    @Override
    public String toString() {
        String where = place.toString();
        return where.isEmpty() ? message : where + ": " + message;
    }
}
