package dev.homeostat.plugintest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plugin, as the host shows it.
 *
 * @param id its id, or the file's name of a jar that is no plugin
 * @param version empty where there is none
 * @param state how far it came
 * @param isolation how its classes are kept apart, with the reason; empty when it was not loaded
 * @param reason why it is in this state; empty when it runs and all is well
 * @param tables the names of its tables
 * @param reconcilers the full names of its reconcilers: {@code table/name}
 */
public record HostedPlugin(
        String id,
        String version,
        State state,
        String isolation,
        String reason,
        List<String> tables,
        List<String> reconcilers) {
    /** How far a plugin came. */
    public enum State {
        /** Found, and not started. */
        FOUND,
        /** It runs. */
        ACTIVE,
        /** It was stopped. */
        STOPPED,
        /** It could not be loaded or started, or something about it failed: nothing of it runs. */
        FAILED,
        /** Nothing of it runs, and something keeps its classes in memory. */
        LEAKED
    }

    public HostedPlugin {
        tables = List.copyOf(tables);
        reconcilers = List.copyOf(reconcilers);
    }

    static HostedPlugin of(Map<?, ? extends @Nullable Object> json) {
        return new HostedPlugin(
                Answer.text(json, "id"),
                Answer.text(json, "version"),
                State.valueOf(Answer.text(json, "state").toUpperCase(Locale.ROOT)),
                Answer.text(json, "isolation"),
                Answer.text(json, "reason"),
                Answer.texts(json, "tables"),
                Answer.texts(json, "reconcilers"));
    }

    /** Whether it runs, and nothing is to be said against it. */
    boolean isWell() {
        return state == State.ACTIVE && reason.isEmpty();
    }

    String told() {
        return "plugin \"" + id + "\"" + (version.isEmpty() ? "" : " " + version) + " is "
                + state.name().toLowerCase(Locale.ROOT) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
