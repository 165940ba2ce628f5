package dev.homeostat.host.view;

import java.util.Objects;

/** A row must not be written by command: its table takes none, or it belongs to a source. Nothing was changed. */
public final class RowRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /**
     * Says why.
     *
     * @param message names the table, the row and its owner
     * @param hint the way out
     */
    public RowRefusedException(String message, String hint) {
        super(message);
        this.hint = Objects.requireNonNull(hint, "hint");
    }

    /** The way out. */
    public String hint() {
        return hint;
    }
}
