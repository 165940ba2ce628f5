package dev.homeostat.api.db;

/** A row gave keys that its table cannot store: not exactly one primary key, or a key that its type cannot express. */
public final class InvalidKeyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The message names table, index and row type. */
    public InvalidKeyException(String message) {
        super(message);
    }

    /** The same, with what the key's type had to say. */
    public InvalidKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
