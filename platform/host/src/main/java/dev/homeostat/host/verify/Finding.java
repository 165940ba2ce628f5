package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginRefusedException;

/**
 * Something that a check has found.
 *
 * @param kind whether the host would refuse the plugin
 * @param problem what it is, for a person
 * @param fix what to do about it; empty where the problem says it
 */
public record Finding(Kind kind, String problem, String fix) {
    /** How bad it is. */
    public enum Kind {
        /** The host refuses the plugin. */
        ERROR,
        /** The host takes it, and somebody should know. */
        WARNING
    }

    static Finding of(PluginRefusedException refused) {
        return new Finding(Kind.ERROR, refused.problem(), refused.fix());
    }

    static Finding warning(String problem, String fix) {
        return new Finding(Kind.WARNING, problem, fix);
    }

    boolean isError() {
        return kind == Kind.ERROR;
    }
}
