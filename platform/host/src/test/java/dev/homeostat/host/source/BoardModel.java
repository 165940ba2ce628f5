package dev.homeostat.host.source;

import static java.util.Objects.requireNonNull;

import dev.homeostat.host.view.RowOwner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the board promises, in the plainest way: no transactions, no files, every row thought over each time. Keys are {@code table/row}. */
final class BoardModel {
    /** Stands for a unit that cannot be read. */
    static final Map<String, String> BROKEN = Map.of("broken", "broken");

    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<String, Set<String>> pending = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, RowOwner> owners = new HashMap<>();

    BoardModel(List<String> names) {
        names.forEach(name -> sources.put(name, new Source()));
    }

    void addTable(String table) {
        pending.put(table, new HashSet<>(sources.keySet()));
        settle();
    }

    void removeTable(String table) {
        pending.remove(table);
        values.keySet().removeIf(key -> key.startsWith(table + "/"));
        settle();
    }

    void register(String name) {
        source(name).registered = true;
    }

    void unregister(String name) {
        Source source = source(name);
        source.registered = false;
        source.scanned = false;
        source.unavailable = false;
        settle();
    }

    void unavailable(String name) {
        source(name).unavailable = true;
    }

    void restart() {
        pending.clear();
        values.clear();
        owners.clear();
        sources.values().forEach(source -> {
            source.registered = false;
            source.scanned = false;
            source.unavailable = false;
        });
    }

    void scan(String name, Map<String, Map<String, String>> units) {
        Source source = source(name);
        Map<String, @Nullable Map<String, String>> next = new LinkedHashMap<>();
        units.forEach((unit, wanted) -> next.put(unit, source.inForce.get(unit)));
        source.inForce = next;
        source.newest = units;
        source.scanned = true;
        source.unavailable = false;
        settle();
    }

    Map<String, Map<String, String>> rows() {
        Map<String, Map<String, String>> rows = new HashMap<>();
        pending.keySet().forEach(table -> rows.put(table, new TreeMap<>()));
        values.forEach((key, value) -> {
            int slash = key.indexOf('/');
            requireNonNull(rows.get(key.substring(0, slash))).put(key.substring(slash + 1), value);
        });
        return rows;
    }

    boolean isInitialized(String table) {
        return requireNonNull(pending.get(table)).isEmpty();
    }

    Optional<String> owner(String key) {
        RowOwner owner = owners.get(key);
        return owner != null && source(owner.source()).registered ? Optional.of(owner.toString()) : Optional.empty();
    }

    /** A version that names a missing table, which the one in force does not, is not taken up if it would take rows away. */
    private void takeUp(Source source) {
        source.newest.forEach((unit, wanted) -> {
            if (wanted.equals(BROKEN)) {
                return;
            }
            Map<String, String> present = source.inForce.get(unit);
            boolean slip = present != null
                    && !tables(present).containsAll(missing(wanted))
                    && present.keySet().stream().anyMatch(key -> !keeps(wanted, key, requireNonNull(present.get(key))));
            if (!slip) {
                source.inForce.put(unit, wanted);
            }
        });
    }

    /** Whether a version surely wants a row; the key of a row cannot be read while its table is missing, so that only the same row counts. */
    private boolean keeps(Map<String, String> version, String key, String value) {
        return pending.containsKey(table(key)) ? version.containsKey(key) : value.equals(version.get(key));
    }

    private static String table(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    private static Set<String> tables(Map<String, String> unit) {
        return unit.keySet().stream().map(BoardModel::table).collect(Collectors.toSet());
    }

    private Set<String> missing(Map<String, String> unit) {
        return tables(unit).stream()
                .filter(table -> !pending.containsKey(table))
                .collect(Collectors.toSet());
    }

    private void settle() {
        sources.values().stream().filter(Source::speaks).forEach(this::takeUp);
        Set<String> keys = new TreeSet<>(owners.keySet());
        sources.values().stream()
                .filter(source -> source.speaks())
                .flatMap(source -> source.inForce.values().stream())
                .forEach(unit -> keys.addAll(unit == null ? Set.of() : unit.keySet()));
        keys.stream()
                .filter(key -> pending.containsKey(key.substring(0, key.indexOf('/'))))
                .forEach(this::settle);
        sources.forEach((name, source) -> {
            if (source.speaks() && !source.unavailable && !source.inForce.containsValue(null)) {
                pending.values().forEach(waiting -> waiting.remove(name));
            }
        });
    }

    private void settle(String key) {
        RowOwner owner = owners.get(key);
        boolean there = values.containsKey(key);
        Map<RowOwner, String> claims = claims(key);
        if (owner != null && claims.containsKey(owner)) {
            values.put(key, claims.get(owner));
        } else if (owner != null && there && source(owner.source()).keeps(owner.unit())) {
            return;
        } else if (!claims.isEmpty()) {
            RowOwner next = claims.keySet().stream()
                    .filter(claim -> owner != null && claim.source().equals(owner.source()))
                    .findFirst()
                    .orElseGet(() -> claims.keySet().iterator().next());
            values.put(key, claims.get(next));
            owners.put(key, next);
        } else if (!there || (owner != null && source(owner.source()).speaks())) {
            values.remove(key);
            owners.remove(key);
        }
    }

    private Map<RowOwner, String> claims(String key) {
        Map<RowOwner, String> claims = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            if (source.speaks()) {
                source.inForce.forEach((unit, rows) -> {
                    if (rows != null && rows.containsKey(key)) {
                        claims.put(new RowOwner(name, unit), rows.get(key));
                    }
                });
            }
        });
        return claims;
    }

    private Source source(String name) {
        return requireNonNull(sources.get(name), name);
    }

    private static final class Source {
        private boolean registered;
        private boolean scanned;
        private boolean unavailable;
        private Map<String, @Nullable Map<String, String>> inForce = new LinkedHashMap<>();
        private Map<String, Map<String, String>> newest = Map.of();

        boolean speaks() {
            return registered && scanned;
        }

        /** Whether a row of that unit stays although it is not known whether it is wanted. */
        boolean keeps(String unit) {
            return registered && (!scanned || (inForce.containsKey(unit) && inForce.get(unit) == null));
        }
    }
}
