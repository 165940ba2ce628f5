package dev.homeostat.reconciler;

import java.util.Locale;

/** What an operation does to the target. */
public enum OperationKind {
    /** Makes it as a row desires. */
    UPDATE,
    /** Removes what a deleted row stood for. */
    DELETE,
    /** Removes one thing that a prune found and no row desires. */
    REMOVAL,
    /** Looks whether it is as a row desires, and changes nothing. */
    OBSERVE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name as text, such as {@code update}. */
    @Override
    public String toString() {
        return text;
    }
}
