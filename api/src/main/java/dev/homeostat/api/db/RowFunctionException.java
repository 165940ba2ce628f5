package dev.homeostat.api.db;

/**
 * A function that a table was given, such as an index's key function or a merge, threw. The write or query that called it left no trace, and the cause is what was
 * thrown.
 */
public final class RowFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says whose fault it is.
     *
     * @param table the table's name
     * @param function which function it was, for example {@code index "tag": its function}
     * @param rowType the class of the table's rows
     */
    public RowFunctionException(String table, String function, Class<?> rowType, Throwable cause) {
        super(
                "table \"" + table + "\": " + function + " failed for a row of " + rowType.getName() + ": "
                        + describe(cause),
                cause);
    }

    /** Exceptions of others may throw when they are asked for their message. */
    private static String describe(Throwable cause) {
        try {
            return cause.toString();
        } catch (RuntimeException e) {
            return cause.getClass().getName();
        }
    }
}
