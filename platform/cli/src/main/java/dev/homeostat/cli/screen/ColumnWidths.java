package dev.homeostat.cli.screen;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How wide the columns of a grid are: as wide as what is in them. Where that is too much for the terminal, first the widest give way, down to a width in which text
 * can still be read well; then those are left out that may be; then the widest give way again. Where even that is too much, they are no columns any more, but lines.
 */
final class ColumnWidths {
    private static final int READABLE = 24;
    private static final int LEAST = 12;

    private final int room;
    private final int[] widths;
    private final Set<Integer> mayBeSpared = new LinkedHashSet<>();
    private final NavigableSet<Integer> values = new TreeSet<>();
    private final Set<Integer> spared = new LinkedHashSet<>();
    private int cap = Integer.MAX_VALUE;
    private boolean lines;

    /** @param room how many columns of the terminal there are for all; 0 or less where it does not matter */
    ColumnWidths(int columns, int room) {
        this.room = room;
        this.widths = new int[columns];
    }

    /** There is something of that width in the column. */
    void seen(int column, int width) {
        widths[column] = Math.max(widths[column], width);
    }

    /** It may be left out; the first of which this is said goes first. */
    void maySpare(int column) {
        mayBeSpared.add(column);
    }

    /** There is a value in it that may be cut: it may be left out when no other is left that may, from the right. */
    void hasValues(int column) {
        values.add(column);
    }

    /** Nothing else will be seen: makes them fit. */
    void fit(int gap) {
        if (room <= 0 || fits(gap, READABLE)) {
            return;
        }
        mayBeSpared.addAll(values.descendingSet());
        for (int candidate : mayBeSpared) {
            spared.add(candidate);
            if (fits(gap, READABLE)) {
                return;
            }
        }
        if (!fits(gap, LEAST)) {
            spared.clear();
            lines = true;
        }
    }

    /** Whether each cell is to have a line of its own. */
    boolean areLines() {
        return lines;
    }

    /** Whether there is a cap of at least that much with which they fit; then takes the largest. */
    private boolean fits(int gap, int least) {
        int widest = Math.min(IntStream.of(widths).max().orElse(0), room); // a message may have a million characters
        for (int candidate = Math.max(widest, least); candidate >= least; candidate--) {
            if (total(gap, candidate) <= room) {
                cap = candidate;
                return true;
            }
        }
        return false;
    }

    private int total(int gap, int most) {
        return shown().stream().mapToInt(i -> Math.min(widths[i], most) + gap).sum() - gap;
    }

    /** The columns that are not left out. */
    List<Integer> shown() {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            if (!spared.contains(i)) {
                shown.add(i);
            }
        }
        return shown;
    }

    List<Integer> spared() {
        return List.copyOf(spared);
    }

    /** To fill up to. */
    int of(int column) {
        return Math.min(widths[column], cap);
    }

    /** What a cell may take at most: on a terminal its column, else as much as it likes. */
    int narrowed(int column) {
        return room <= 0 ? Integer.MAX_VALUE : of(column);
    }
}
