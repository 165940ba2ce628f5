package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a blocked row waits for, and that in turn, down to what does not wait for another row, or back to a row that was there before.
 *
 * @param rows the blocked row itself first, if it was given; each is blocked on the one after it
 * @param cycleFrom the place of the row that the last one is blocked on; -1 where there is no cycle
 * @param end what is the matter with the last row, such as {@code which does not exist}; empty in a cycle
 */
record BlockedChain(List<Blocker> rows, int cycleFrom, String end) {
    private static final int SHOWN = 12;
    private static final int LONGEST = 1000;

    /**
     * The way that decides: where all is stuck, one that ends nowhere, else one that leads to something that moves.
     *
     * @param own the row that is blocked on the first one, or null
     */
    static <T> BlockedChain from(@Nullable Blocker own, BlockingRow<T> first) {
        Map<Blocker, Integer> path = new LinkedHashMap<>();
        if (own != null) {
            path.put(own, 0);
        }
        BlockingRow<T> row = first;
        while (path.size() < LONGEST) {
            Integer before = path.putIfAbsent(row.name, path.size());
            if (before != null) {
                return new BlockedChain(List.copyOf(path.keySet()), before, "");
            }
            BlockingRow<T> next = row.sight.movesByItself() ? null : next(row);
            if (next == null) {
                return new BlockedChain(List.copyOf(path.keySet()), -1, end(row.sight));
            }
            row = next;
        }
        return new BlockedChain(List.copyOf(path.keySet()), -1, "and so on");
    }

    boolean isCycle() {
        return cycleFrom >= 0;
    }

    /** The cycle, such as {@code cycle: items/a -> items/b -> items/a}: the same words wherever somebody comes into it. */
    String cycle() {
        List<Blocker> cycle = rows.subList(cycleFrom, rows.size());
        int least = 0;
        for (int i = 1; i < cycle.size(); i++) {
            least = cycle.get(i).toString().compareTo(cycle.get(least).toString()) < 0 ? i : least;
        }
        List<Blocker> turned = new ArrayList<>(cycle.subList(least, cycle.size()));
        turned.addAll(cycle.subList(0, least));
        turned.add(turned.getFirst());
        return "cycle: " + arrows(turned);
    }

    /** What comes after its first row, such as {@code links/eth0, which does not exist}. */
    String afterOwn() {
        List<Blocker> others = rows.subList(1, rows.size());
        if (!isCycle()) {
            return arrows(others) + ", " + end;
        }
        return cycleFrom == 0 ? cycle() : arrows(others) + "; " + cycle();
    }

    private static String arrows(List<Blocker> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.size() > SHOWN && i == SHOWN / 2) {
                int left = rows.size() - SHOWN;
                text.append(" -> (").append(left).append(" more)");
                i += left;
            }
            text.append(i == 0 ? "" : " -> ").append(rows.get(i));
        }
        return text.toString();
    }

    private static <T> @Nullable BlockingRow<T> next(BlockingRow<T> row) {
        for (BlockingRow<T> next : row.next) {
            if (next.stuck == row.stuck) {
                return next;
            }
        }
        return null;
    }

    private static String end(Sight sight) {
        if (sight.table() == null) {
            return "whose table does not exist";
        }
        if (sight.isMissing()) {
            return "which does not exist";
        }
        Status worst = null;
        for (Sight.Seen seen : sight.statuses()) {
            worst = worst == null || rank(seen.status()) > rank(worst) ? seen.status() : worst;
        }
        return worst == null ? "which is there and has to change" : end(worst);
    }

    private static int rank(Status status) {
        return switch (status.kind()) {
            case DONE -> 0;
            case REFRESHING -> 1;
            case PENDING -> 2;
            case ERROR -> status.nextAttempt() != null ? 4 : 3;
        };
    }

    private static String end(Status status) {
        Instant next = status.nextAttempt();
        return switch (status.kind()) {
            case DONE -> "which is done and has to change";
            case REFRESHING -> "which is being refreshed";
            case PENDING -> "which is pending";
            case ERROR ->
                status.isPermanent() || next == null
                        ? "which failed for good: " + status.error()
                        : "which fails: " + status.error() + ", next attempt at " + Nanos.shown(next);
        };
    }
}
