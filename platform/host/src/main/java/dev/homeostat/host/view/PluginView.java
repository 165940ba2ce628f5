package dev.homeostat.host.view;

import java.time.Instant;
import java.util.List;

/**
 * One jar in a plugin directory.
 *
 * @param id the plugin's id, or the jar's file name where it has none
 * @param version as in its manifest; empty where there is none
 * @param state how far it came
 * @param isolation how its classes are kept apart, with the reason: {@code module layer}, …; empty when it was not loaded
 * @param reason why it is in this state, for a person; empty when it runs, unless a newer jar of it was refused or an earlier load has leaked, which it says then
 * @param jar the jar, relative to the home or the installation where it lies in one of them
 * @param since when it came into this state
 * @param tables names of the tables that it owns
 * @param reconcilers full names of its reconcilers
 * @param requires the versions of the plugin API that will do; empty where the manifest says nothing
 * @param needs the plugins that it names in its manifest
 * @param failed whether it is, or was before it leaked, FAILED
 */
public record PluginView(
        String id,
        String version,
        State state,
        String isolation,
        String reason,
        String jar,
        Instant since,
        List<String> tables,
        List<String> reconcilers,
        String requires,
        List<PluginNeed> needs,
        boolean failed) {
    public PluginView {
        tables = List.copyOf(tables);
        reconcilers = List.copyOf(reconcilers);
        needs = List.copyOf(needs);
    }

    /** One of whose manifest nothing is known. */
    public PluginView(
            String id,
            String version,
            State state,
            String isolation,
            String reason,
            String jar,
            Instant since,
            List<String> tables,
            List<String> reconcilers) {
        this(
                id,
                version,
                state,
                isolation,
                reason,
                jar,
                since,
                tables,
                reconcilers,
                "",
                List.of(),
                state == State.FAILED);
    }

    /** Whether a person should look at it: it failed, a newer jar of it was refused, or it has leaked. */
    public boolean degraded() {
        return state == State.FAILED || state == State.LEAKED || (state == State.ACTIVE && !reason.isEmpty());
    }

    /** The same, in another state for another reason. */
    public PluginView in(State other, String why) {
        boolean asFailed = other == State.FAILED || (other == State.LEAKED && failed);
        return new PluginView(
                id, version, other, isolation, why, jar, since, tables, reconcilers, requires, needs, asFailed);
    }

    /** How far a plugin came. */
    public enum State {
        /** Found, and not yet started. */
        FOUND,
        /** It runs. */
        ACTIVE,
        /** It was stopped in an orderly way. */
        STOPPED,
        /** It is quarantined: something about it failed, and nothing of it runs. */
        FAILED,
        /** It was stopped or failed, and its classes are still there: something keeps them. */
        LEAKED
    }
}
