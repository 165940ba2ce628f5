package dev.homeostat.api.flow;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.TableSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a derivation has to say to people: each failure and each conflict once in the log, all of them in the lists. */
final class DerivationReport {
    private static final Logger LOG = LoggerFactory.getLogger(Derivation.class);

    /** How many rows one look names in the log; a function that fails for a million rows must not fill the disk. */
    private static final int MOST_NAMED = 10;

    private final TableSpec<?> in;
    private final TableSpec<?> out;
    private final TreeMap<Key, String> failing = new TreeMap<>();
    /** Rows that began to fail in this look, or fail for another reason. */
    private final Map<Key, Throwable> toName = new TreeMap<>();

    private final Set<Key> knownConflicts = new HashSet<>();
    private List<Derivation.Failure> failures = List.of();
    private List<Derivation.Conflict> conflicts = List.of();
    private boolean failuresChanged;
    private long sharings;
    private int named;
    private int unnamed;

    DerivationReport(TableSpec<?> in, TableSpec<?> out) {
        this.in = in;
        this.out = out;
    }

    /** The failures as of the last {@link #endOfLook}. Immutable. */
    List<Derivation.Failure> failures() {
        return failures;
    }

    /** The conflicts as of the last {@link #endOfLook}. Immutable. */
    List<Derivation.Conflict> conflicts() {
        return conflicts;
    }

    /** A row fails. */
    void failed(Key row, Throwable why) {
        String reason = reason(why);
        if (!reason.equals(failing.put(row, reason))) {
            failuresChanged = true;
            toName.put(row, why);
        }
    }

    /** A row does not fail, or no more. */
    void succeeded(Key row) {
        if (failing.remove(row) != null) {
            failuresChanged = true;
            toName.remove(row);
        }
    }

    /** Brings the lists up to date, and names what is new. */
    void endOfLook(Claims<?> claims) {
        toName.forEach(this::name);
        toName.clear();
        if (failuresChanged) {
            failures = failing.entrySet().stream()
                    .map(entry -> new Derivation.Failure(entry.getKey(), entry.getValue()))
                    .toList();
            failuresChanged = false;
        }
        if (sharings != claims.sharings()) {
            sharings = claims.sharings();
            conflicts = claims.conflicts();
            conflicts.forEach(this::nameOnce);
            knownConflicts.retainAll(
                    conflicts.stream().map(Derivation.Conflict::derived).collect(Collectors.toSet()));
        }
        if (unnamed > 0) {
            LOG.atWarn()
                    .addKeyValue("table", in.name())
                    .log(
                            "table \"{}\": {} more rows have trouble on their way to table \"{}\"",
                            in.name(),
                            unnamed,
                            out.name());
        }
        named = 0;
        unnamed = 0;
    }

    /** Something went wrong with all of it, and is tried again. */
    void heldUp(Throwable why) {
        LOG.atWarn()
                .addKeyValue("table", out.name())
                .log("table \"{}\" is not derived from table \"{}\" now", out.name(), in.name(), why);
    }

    /** Who is told of it threw. */
    void listenerFailed(Throwable why) {
        LOG.atError()
                .addKeyValue("table", out.name())
                .log(
                        "table \"{}\", derived from table \"{}\": the listener of the derivation failed",
                        out.name(),
                        in.name(),
                        why);
    }

    /** It ended by itself. */
    void ended(String reason) {
        LOG.atInfo()
                .addKeyValue("table", out.name())
                .log("table \"{}\" is no longer derived from table \"{}\": {}", out.name(), in.name(), reason);
    }

    /** What a person reads of it. */
    static String reason(Throwable why) {
        String message = why.getMessage();
        return message == null ? why.getClass().getName() : message;
    }

    private void name(Key row, Throwable why) {
        if (mayName()) {
            LOG.atWarn()
                    .addKeyValue("table", in.name())
                    .log(
                            "table \"{}\": row {} could not be derived into table \"{}\"; what it gave before stays"
                                    + " until it can",
                            in.name(),
                            in.formatKey(row),
                            out.name(),
                            why);
        }
    }

    private void nameOnce(Derivation.Conflict conflict) {
        if (knownConflicts.add(conflict.derived()) && mayName()) {
            LOG.atWarn()
                    .addKeyValue("table", out.name())
                    .log(
                            "table \"{}\": row {} is given in different forms by {} rows of table \"{}\"; that of {}"
                                    + " counts, not that of {}",
                            out.name(),
                            out.formatKey(conflict.derived()),
                            conflict.others().size() + 1,
                            in.name(),
                            in.formatKey(conflict.winner()),
                            conflict.others().stream()
                                    .limit(MOST_NAMED)
                                    .map(in::formatKey)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private boolean mayName() {
        boolean may = named < MOST_NAMED;
        if (may) {
            named++;
        } else {
            unnamed++;
        }
        return may;
    }
}
