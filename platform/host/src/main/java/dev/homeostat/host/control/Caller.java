package dev.homeostat.host.control;

import static java.util.Objects.requireNonNull;

/**
 * Who calls.
 *
 * @param via by which door: {@code command}, {@code jmx}, {@code test}
 * @param user the name of the user, as the operating system or the login of the door knows it; that of the door where nobody knows more
 */
public record Caller(String via, String user) {
    private static final String COMMAND = "command";
    private static final String JMX = "jmx";

    public Caller {
        requireNonNull(via, "via");
        requireNonNull(user, "user");
    }

    /** How it was done, in words after a verb: {@code by command}. */
    String by() {
        if (via.equals(COMMAND)) {
            return "by command";
        }
        return via.equals(JMX) ? "over JMX" + (user.equals(JMX) ? "" : " by " + user) : "by a " + via;
    }

    /** A user of this machine, at the control socket. */
    public static Caller command(String user) {
        return new Caller(COMMAND, user);
    }

    /** Somebody at the control socket or a pipe of whom nothing is known. */
    public static Caller command() {
        return command(COMMAND);
    }

    /** A JMX client that logged in by that name. */
    public static Caller jmx(String principal) {
        return new Caller(JMX, principal);
    }

    /** A JMX client that did not log in: it came through the JDK's attach, which lets in nobody but the host's user. */
    public static Caller jmx() {
        return jmx(JMX);
    }

    /** The test that runs this host. */
    public static Caller test() {
        return new Caller("test", "test");
    }
}
