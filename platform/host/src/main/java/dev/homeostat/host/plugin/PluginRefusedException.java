package dev.homeostat.host.plugin;

/** A plugin cannot be taken in or go on. The message is its reason, for the person who dropped the jar. */
public final class PluginRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    /** A reason that needs no cause to be understood. */
    public PluginRefusedException(String reason) {
        super(reason);
        this.problem = reason;
        this.fix = "";
    }

    /** A reason, with what came before it for the log. */
    public PluginRefusedException(String reason, Throwable cause) {
        super(reason, cause);
        this.problem = reason;
        this.fix = "";
    }

    /** A reason in two parts: what is wrong, and the way out. The message has both, with a colon between them. */
    public PluginRefusedException(String problem, String fix) {
        super(problem + ": " + fix);
        this.problem = problem;
        this.fix = fix;
    }

    /** The same, with what came before it for the log. */
    public PluginRefusedException(String problem, String fix, Throwable cause) {
        super(problem + ": " + fix, cause);
        this.problem = problem;
        this.fix = fix;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** The way out; empty where the problem says it, or where there is none. */
    public String fix() {
        return fix;
    }
}
