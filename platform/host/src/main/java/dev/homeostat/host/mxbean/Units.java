package dev.homeostat.host.mxbean;

/** All units of the host's MBeans. */
public final class Units {
    /** Words for a person. */
    public static final String TEXT = "text";

    /** What something is called. */
    public static final String NAME = "name";

    /** A key of a row, as people write it. */
    public static final String KEY = "key";

    /** One of the words that the description names. */
    public static final String WORD = "word";

    /** True or false. */
    public static final String FLAG = "true or false";

    /** A text such as {@code 2026-01-02T03:04:05.678Z}; empty where there is none. */
    public static final String TIME = "time in UTC, ISO 8601";

    /** A length of time. */
    public static final String MILLISECONDS = "milliseconds";

    /** A number of rows; undone deletes count as rows. */
    public static final String ROWS = "rows";

    /** A number of operations on the target. */
    public static final String OPERATIONS = "operations";

    /** A number of prunes. */
    public static final String PRUNES = "prunes";

    /** A number of things that a prune removes from the target. */
    public static final String REMOVALS = "removals";

    /** A revision of a table: a number that grows with every change. */
    public static final String REVISION = "revision";

    /** A number of change iterators. */
    public static final String ITERATORS = "change iterators";

    /** A number that tells one thing from others. */
    public static final String NUMBER = "number";

    /** A value of an option, as the configuration has it. */
    public static final String OPTION = "value as in the configuration";

    /** Composite data: each of its items is named for what it holds, with the unit at its end where it is a length of time. */
    public static final String COMPOSITE = "composite";

    /** A JSON document, or one on each line. */
    public static final String JSON = "JSON";

    private Units() {}
}
