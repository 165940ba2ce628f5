package dev.homeostat.statedb.prefix;

import dev.homeostat.api.db.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a table with prefix indexes should be: a list of rows, all of which are tried for every question. */
final class NetModel {
    record Version(Net net, long revision) {}

    /** A question, as it is put to the table and to the model. */
    record Question(
            Query<Net> query,
            Function<Net, List<String>> prefixes,
            String from,
            @Nullable String to) {
        @Override
        public String toString() {
            return query.kind() + " of " + query.index() + " from " + from + (to == null ? "" : " to " + to);
        }
    }

    private final Comparator<Net> order;
    private final List<Version> rows;
    private long revision;

    NetModel(Comparator<Net> order) {
        this(order, List.of(), 0);
    }

    private NetModel(Comparator<Net> order, List<Version> rows, long revision) {
        this.order = order;
        this.rows = new ArrayList<>(rows);
        this.revision = revision;
    }

    NetModel copy() {
        return new NetModel(order, rows, revision);
    }

    long revision() {
        return revision;
    }

    /** All rows, by primary key. */
    List<Version> rows() {
        return rows;
    }

    boolean has(Net net) {
        return rows.stream().anyMatch(row -> order.compare(row.net, net) == 0);
    }

    boolean violates(Net net) {
        return net.own() != null
                && rows.stream().anyMatch(row -> net.own().equals(row.net.own()) && order.compare(row.net, net) != 0);
    }

    void put(Net net) {
        rows.removeIf(row -> order.compare(row.net, net) == 0);
        rows.add(new Version(net, ++revision));
        rows.sort((a, b) -> order.compare(a.net, b.net));
    }

    void remove(Net net) {
        rows.removeIf(row -> order.compare(row.net, net) == 0);
        revision++;
    }

    void clear() {
        revision += rows.size();
        rows.clear();
    }

    /** The rows that match, in (prefix, primary key) order, each once at its first matching prefix. */
    List<Version> list(Question question) {
        Predicate<String> matches = matches(question);
        record Hit(String prefix, Version row) {}
        List<Hit> hits = new ArrayList<>();
        for (Version row : rows) {
            question.prefixes.apply(row.net).stream()
                    .filter(matches)
                    .min(Comparator.naturalOrder())
                    .ifPresent(prefix -> hits.add(new Hit(prefix, row)));
        }
        return hits.stream()
                .sorted(Comparator.comparing(Hit::prefix))
                .map(Hit::row)
                .toList();
    }

    private Predicate<String> matches(Question question) {
        String from = question.from;
        return switch (question.query.kind()) {
            case EXACT -> from::equals;
            case LONGEST -> {
                String longest = rows.stream()
                        .flatMap(row -> question.prefixes.apply(row.net).stream())
                        .filter(from::startsWith)
                        .max(Comparator.comparingInt(String::length))
                        .orElse("none");
                yield longest::equals;
            }
            case PREFIX -> prefix -> prefix.startsWith(from);
            case RANGE ->
                prefix -> prefix.compareTo(from) >= 0 && (question.to == null || prefix.compareTo(question.to) < 0);
        };
    }
}
