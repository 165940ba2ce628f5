package dev.homeostat.plugintest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A reconciler, as the host shows it.
 *
 * @param name its full name: {@code table/name}
 * @param plugin the id of its plugin
 * @param ok whether nothing fails and nothing waits for a person
 * @param message that, in words
 * @param objects how many rows and undone deletes it has
 * @param failing how many of them fail
 * @param problems what else is wrong, such as a prune that is held
 * @param stats how often it did what: {@code updates}, {@code deletes}, {@code refreshes}, {@code retries}, {@code errors}, {@code prunes}, {@code pruned}, …
 */
public record HostedReconciler(
        String name,
        String plugin,
        boolean ok,
        String message,
        long objects,
        long failing,
        List<String> problems,
        Map<String, Long> stats) {
    public HostedReconciler {
        problems = List.copyOf(problems);
        stats = Map.copyOf(stats);
    }

    static HostedReconciler of(Map<?, ? extends @Nullable Object> json) {
        Map<String, Long> stats = new TreeMap<>();
        Answer.mapping(json, "stats").forEach((name, value) -> {
            if (value instanceof Number number) {
                stats.put(String.valueOf(name), number.longValue());
            }
        });
        return new HostedReconciler(
                Answer.text(json, "name"),
                Answer.text(json, "plugin"),
                Boolean.TRUE.equals(json.get("ok")),
                Answer.text(json, "message"),
                Answer.number(json, "objects"),
                Answer.number(json, "failing"),
                Answer.texts(json, "problems"),
                stats);
    }
}
