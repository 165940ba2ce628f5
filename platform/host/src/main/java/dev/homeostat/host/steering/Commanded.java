package dev.homeostat.host.steering;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.host.config.ReconcilerEntry;
import dev.homeostat.host.config.ReconcilerOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was commanded of one reconciler. Immutable.
 *
 * @param options options that were set, the mode among them, but not that it is paused
 * @param modeSince when the mode was set; null where none was
 * @param pausedSince since when all of it is paused; null where it is not
 * @param pausedRows since when rows are paused, by their keys as text
 */
record Commanded(
        ReconcilerEntry options,
        @Nullable Instant modeSince,
        @Nullable Instant pausedSince,
        SortedMap<String, Instant> pausedRows) {
    /** Nothing was. */
    static final Commanded NOTHING = new Commanded(ReconcilerEntry.NOTHING, null, null, new TreeMap<>());

    Commanded {
        pausedRows = Collections.unmodifiableSortedMap(new TreeMap<>(pausedRows));
    }

    static Commanded of(Kept.One kept) {
        ReconcilerEntry options = kept.mode() == null || kept.modeSince() == null
                ? ReconcilerEntry.NOTHING
                : mode(kept.mode(), kept.modeSince());
        return new Commanded(options, kept.modeSince(), kept.pausedSince(), new TreeMap<>(kept.pausedRows()));
    }

    /** What of it outlives a restart; null where nothing does. */
    Kept.@Nullable One kept() {
        Mode mode = options.options().contains(ReconcilerOption.MODE)
                ? options.apply(Options.defaults()).mode()
                : null;
        return mode == null && pausedSince == null && pausedRows.isEmpty()
                ? null
                : new Kept.One(mode, modeSince, pausedSince, pausedRows);
    }

    /** All of it as one, the pause strongest. */
    ReconcilerEntry said() {
        return pausedSince == null ? options : mode(Mode.PAUSED, pausedSince).over(options);
    }

    /** Who says so, for people. */
    static String origin(Instant at) {
        return "command at " + at.truncatedTo(ChronoUnit.SECONDS);
    }

    private static ReconcilerEntry mode(Mode mode, Instant since) {
        return ReconcilerEntry.of(ReconcilerOption.MODE, mode, origin(since));
    }

    /** With more options set; a mode among them ends the pause, or begins one. */
    Commanded with(ReconcilerEntry given, Instant now) {
        if (!given.options().contains(ReconcilerOption.MODE)) {
            return new Commanded(given.over(options), modeSince, pausedSince, pausedRows);
        }
        if (given.apply(Options.defaults()).mode() == Mode.PAUSED) {
            ReconcilerEntry rest = given.without(EnumSet.of(ReconcilerOption.MODE));
            return new Commanded(rest.over(options), modeSince, pausedSince == null ? now : pausedSince, pausedRows);
        }
        return new Commanded(given.over(options), now, null, pausedRows);
    }

    /** Without what was set of those options; without the mode, it is not paused either. */
    Commanded without(Set<ReconcilerOption> taken) {
        boolean mode = taken.contains(ReconcilerOption.MODE);
        return new Commanded(options.without(taken), mode ? null : modeSince, mode ? null : pausedSince, pausedRows);
    }

    Commanded paused(@Nullable Instant since) {
        return new Commanded(options, modeSince, since, pausedRows);
    }

    Commanded withRow(String key, Instant since) {
        SortedMap<String, Instant> rows = new TreeMap<>(pausedRows);
        rows.putIfAbsent(key, since);
        return new Commanded(options, modeSince, pausedSince, rows);
    }

    Commanded withoutRow(String key) {
        SortedMap<String, Instant> rows = new TreeMap<>(pausedRows);
        rows.remove(key);
        return new Commanded(options, modeSince, pausedSince, rows);
    }

    boolean isNothing() {
        return options.options().isEmpty() && pausedSince == null && pausedRows.isEmpty();
    }
}
