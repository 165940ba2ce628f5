package dev.homeostat.host.control;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A request that cannot be answered as it was asked. Carries what the client shows: a stable code, what is wrong, and the way out. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of thing is wrong. The wire has the name in kebab-case; codes are added, never renamed. */
    public enum Code {
        /** The line is not a request. */
        BAD_REQUEST,
        /** The client is run by another user. */
        FORBIDDEN,
        /** The client speaks another version of the protocol. */
        PROTOCOL,
        /** There is no such method. */
        UNKNOWN_METHOD,
        /** A parameter is missing, unknown, or of the wrong type. */
        BAD_PARAMS,
        /** There is no such plugin. */
        UNKNOWN_PLUGIN,
        /** There is no such table. */
        UNKNOWN_TABLE,
        /** The table has no such index. */
        UNKNOWN_INDEX,
        /** There is no such reconciler. */
        UNKNOWN_RECONCILER,
        /** Neither the table nor a reconciler knows the key. */
        UNKNOWN_KEY,
        /** The text is no key of that index. */
        BAD_KEY,
        /** The text is no row of that table. */
        BAD_ROW,
        /** It must not be done: the table takes no rows from outside, or the row belongs to a source. */
        REFUSED,
        /** No prune of that number is held. */
        UNKNOWN_PRUNE,
        /** It was begun, and is not over in the time that the request gave it. */
        TIMEOUT,
        /** The answer took so long that its snapshot was let go. */
        EXPIRED,
        /** Too many clients at once. */
        BUSY,
        /** It was tried, and failed. */
        FAILED;

        /** As it is on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Code code;
    private final String hint;
    private final @Nullable ObjectNode details;

    /**
     * An error for the client.
     *
     * @param message names the thing and the value
     * @param hint what to do about it; empty when there is nothing to say
     */
    public ControlException(Code code, String message, String hint) {
        this(code, message, hint, null);
    }

    /** @param details the same for programs, if there is more to say than the message does */
    ControlException(Code code, String message, String hint, @Nullable ObjectNode details) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
        this.hint = Objects.requireNonNull(hint, "hint");
        this.details = details;
    }

    /** What kind of thing is wrong. */
    public Code code() {
        return code;
    }

    /** The way out; may be empty. */
    public String hint() {
        return hint;
    }

    /** The same for programs; null when there is nothing to say. */
    @Nullable
    ObjectNode details() {
        return details;
    }
}
