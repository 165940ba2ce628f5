package dev.homeostat.host.steering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was commanded of all reconcilers, and the file that keeps some of it. Guarded by the lock of {@link ReconcilerSteering}. */
final class Commands {
    private static final int MOST_ROWS = 10;

    private final KeptFile file;
    private final Map<String, Commanded> all = new TreeMap<>();
    private Kept kept;

    private Commands(KeptFile file, Kept kept) {
        this.file = file;
        this.kept = kept;
        kept.reconcilers().forEach((name, one) -> all.put(name, Commanded.of(one)));
    }

    static Commands read(KeptFile file) {
        return new Commands(file, file.read());
    }

    Commanded of(String reconciler) {
        return all.getOrDefault(reconciler, Commanded.NOTHING);
    }

    /** Keeps what outlives a restart before anything follows it; throws when it cannot, and has changed nothing then. */
    void put(String reconciler, Commanded commanded) {
        Map<String, Kept.One> reconcilers = new HashMap<>(kept.reconcilers());
        Kept.One one = commanded.kept();
        if (one == null) {
            reconcilers.remove(reconciler);
        } else {
            reconcilers.put(reconciler, one);
        }
        Kept changed = new Kept(reconcilers);
        if (!changed.equals(kept)) {
            file.write(changed);
            kept = changed;
        }
        if (commanded.isNothing()) {
            all.remove(reconciler);
        } else {
            all.put(reconciler, commanded);
        }
    }

    /** What is kept of those that do not run. */
    Map<String, String> waiting(Set<String> running) {
        Map<String, String> lines = new TreeMap<>();
        kept.reconcilers().forEach((name, one) -> {
            if (!running.contains(name)) {
                lines.put(name, describe(name, one));
            }
        });
        return lines;
    }

    private static String describe(String name, Kept.One one) {
        List<String> parts = new ArrayList<>();
        if (one.mode() != null) {
            parts.add("its mode was set to " + one.mode().name().toLowerCase(Locale.ROOT));
        }
        if (one.pausedSince() != null) {
            parts.add("it was paused");
        }
        List<String> ways = new ArrayList<>();
        if (!parts.isEmpty()) {
            ways.add("homeostat reconcilers options " + name + " --reset mode");
        }
        int rows = one.pausedRows().size();
        if (rows > 0) {
            parts.add(rows
                    + (rows == 1 ? " row of it was paused: " : " rows of it were paused: ")
                    + one.pausedRows().keySet().stream().limit(MOST_ROWS).collect(Collectors.joining(", "))
                    + (rows > MOST_ROWS ? ", …" : ""));
            ways.add("homeostat reconcilers resume " + name + " KEY");
        }
        return "reconciler " + name + " does not run, and will find what was commanded: " + String.join("; ", parts)
                + "; to take it back: " + String.join(", ", ways);
    }
}
