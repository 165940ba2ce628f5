package dev.homeostat.host.plugin;

/** A plugin cannot be taken in or go on. The message is its reason, for the person who dropped the jar. */
public final class PluginRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A reason that needs no cause to be understood. */
    public PluginRefusedException(String reason) {
        super(reason);
    }

    /** A reason, with what came before it for the log. */
    public PluginRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
