package dev.homeostat.host.notice;

import static dev.homeostat.host.notice.NoticeItem.list;
import static dev.homeostat.host.notice.NoticeItem.number;
import static dev.homeostat.host.notice.NoticeItem.text;

import java.util.List;

/** All kinds of notices, and what each carries as composite user data. Kinds and items are added, never renamed. */
public enum NoticeType {
    /** See its description. */
    HOST_DEGRADED(
            "dev.homeostat.host.degraded",
            "Something is wrong where nothing was before: with a plugin, a reconciler, a source, or a line of health."
                    + " Looked for once a second.",
            text("verdict", "what is wrong and how much of it"),
            text("degradedSince", "when the oldest of it began, ISO 8601")),

    /** See its description. */
    HOST_RECOVERED(
            "dev.homeostat.host.recovered",
            "All is well again. Looked for once a second.",
            text("verdict", "all is well, and what people stopped or paused"),
            text("degradedSince", "since when it was not, ISO 8601")),

    /** See its description. */
    PLUGIN_STATE(
            "dev.homeostat.plugin.state",
            "A plugin was found, came into another state, was replaced by another version, or is gone.",
            text("plugin", "the id of the plugin"),
            text("version", "its version"),
            text("state", "FOUND, ACTIVE, STOPPED, FAILED, LEAKED, or GONE"),
            text("before", "the state before; empty where it is new"),
            text("reason", "why; empty while all is well")),

    /** See its description. */
    PLUGIN_LEAKED(
            "dev.homeostat.plugin.leaked",
            "A plugin was unloaded, and its classes are still in memory.",
            text("plugin", "the id of the plugin"),
            text("version", "the version that was unloaded"),
            text("unloadedAt", "when, ISO 8601"),
            text("reason", "what keeps it, and what to do about that")),

    /** See its description. */
    RECONCILER_DEGRADED(
            "dev.homeostat.reconciler.degraded",
            "Something began to fail in a reconciler of which nothing failed before. Looked for once a second.",
            text("reconciler", "the full name of the reconciler"),
            text("message", "how it goes, in one line"),
            number("failing", "the number of rows and undone deletes whose last attempt failed"),
            text("error", "a row that fails, and why; empty where none does"),
            list("problems", "what fails besides single rows")),

    /** See its description. */
    RECONCILER_RECOVERED(
            "dev.homeostat.reconciler.recovered",
            "Nothing fails any more in a reconciler. Looked for once a second.",
            text("reconciler", "the full name of the reconciler"),
            text("message", "how it goes, in one line"),
            text("degradedSince", "when it was seen to fail first, ISO 8601")),

    /** See its description. */
    PRUNE_HELD(
            "dev.homeostat.reconciler.prune-held",
            "The guard holds a prune: it would remove suspiciously much. Told once for each list.",
            text("reconciler", "the full name of the reconciler"),
            number("number", "confirms it"),
            number("removals", "how many things it would remove"),
            text("reason", "why it is held, with the bound that it exceeds"),
            text("heldAt", "since when, ISO 8601")),

    /** See its description. */
    ROW_FAILED(
            "dev.homeostat.reconciler.row-failed",
            "A row, or the delete of one, failed for good: it is not tried again by itself. Of one reconciler the"
                    + " first ten in a second are told one by one, and the others of that second together.",
            text("reconciler", "the full name of the reconciler"),
            text("key", "the primary key as text; of one of them where they are told together"),
            text("operation", "update or delete"),
            text("error", "what the last attempt came to"),
            number("attempts", "how many there were"),
            number("rows", "how many failed for good: 1, or more where they are told together"));

    private final String typeName;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // open types do not change
    private final List<NoticeItem> items;

    NoticeType(String typeName, String description, NoticeItem... items) {
        this.typeName = typeName;
        this.description = description;
        this.items = List.of(items);
    }

    /** The type of the notification, by which clients filter. */
    public String typeName() {
        return typeName;
    }

    /** When it is told. */
    public String description() {
        return description;
    }

    /** What its user data holds. */
    public List<NoticeItem> items() {
        return items;
    }
}
