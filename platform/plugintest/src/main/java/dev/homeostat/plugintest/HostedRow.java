package dev.homeostat.plugintest;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row, as the host shows it.
 *
 * @param key its primary key, as people write it
 * @param deleted whether it is no longer in its table, and a reconciler has its delete still to do
 * @param revision the table's revision of its last change; 0 when it is deleted
 * @param document the row without the statuses in it; null when it is deleted, or its table has no codec
 * @param text how the row prints itself where there is no document
 * @param statuses by the names of its table's reconcilers
 */
public record HostedRow(
        String key,
        boolean deleted,
        long revision,
        @Nullable Tree document,
        String text,
        Map<String, Status> statuses) {
    public HostedRow {
        statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
    }

    static HostedRow of(Map<?, ? extends @Nullable Object> json) {
        Object values = json.get("values");
        Map<String, Status> statuses = new LinkedHashMap<>();
        Answer.mapping(json, "status")
                .forEach((name, status) -> statuses.put(
                        String.valueOf(name), status((Map<?, ?>) java.util.Objects.requireNonNull(status))));
        return new HostedRow(
                Answer.text(json, "key"),
                Boolean.TRUE.equals(json.get("deleted")),
                Answer.number(json, "revision"),
                values == null ? null : Documents.tree(values),
                Answer.text(json, "text"),
                statuses);
    }

    private static Status status(Map<?, ? extends @Nullable Object> json) {
        long generation = Answer.number(json, "generation");
        Instant at = Instant.parse(Answer.text(json, "updatedAt"));
        String error = Answer.text(json, "error");
        int attempts = Math.toIntExact(Answer.number(json, "attempts"));
        String blockedOn = Answer.text(json, "blockedOn");
        int slash = blockedOn.indexOf('/');
        return switch (Answer.text(json, "kind")) {
            case "pending" -> Status.pending(generation, at);
            case "refreshing" -> Status.refreshing(generation, at);
            case "done" -> Status.done(generation, at);
            default -> {
                if (slash > 0) {
                    Blocker on = new Blocker(blockedOn.substring(0, slash), blockedOn.substring(slash + 1));
                    yield Status.blocked(generation, at, error, attempts, on);
                }
                String next = Answer.text(json, "nextAttempt");
                yield next.isEmpty()
                        ? Status.permanent(generation, at, error, attempts)
                        : Status.error(generation, at, error, attempts, Instant.parse(next));
            }
        };
    }

    /**
     * The status that the only reconciler of its table has for it.
     *
     * @throws IllegalStateException if there are none, or several
     */
    public Status status() {
        if (statuses.size() != 1) {
            throw new IllegalStateException("row \"" + key + "\" has the statuses of " + statuses.size()
                    + " reconcilers: " + statuses.keySet() + "; ask statuses() for one of them");
        }
        return statuses.values().iterator().next();
    }

    /**
     * The row, in the test's own class; a status that it carries is {@code pending}.
     *
     * @param spec has a codec
     * @throws IllegalStateException if it is deleted, or there is no codec
     */
    public <T> T as(TableSpec<T> spec) {
        if (document == null) {
            throw new IllegalStateException(
                    "row \"" + key + "\" has no document: " + (deleted ? "it is deleted" : text));
        }
        return codec(spec).decode(document);
    }

    static <T> RowCodec<T> codec(TableSpec<T> spec) {
        RowCodec<T> codec = spec.codec();
        if (codec == null) {
            throw new IllegalStateException("table \"" + spec.name() + "\" has no codec, and its rows cannot go between"
                    + " the test and the host: give it one, .codec(RecordCodec.of(…))");
        }
        return codec;
    }

    boolean isDone() {
        return !deleted && statuses.values().stream().allMatch(status -> status.kind() == StatusKind.DONE);
    }
}
