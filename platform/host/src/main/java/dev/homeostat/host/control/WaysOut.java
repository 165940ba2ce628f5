package dev.homeostat.host.control;

import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one can do about a row, as it goes with one reconciler: the most likely first. */
final class WaysOut {
    private final String name;
    private final String key;
    private final Predicate<Blocker> missing;
    private final List<WayOut> ways = new ArrayList<>();

    private WaysOut(Reconciler<?> reconciler, String key, Predicate<Blocker> missing) {
        this.name = word(reconciler.fullName());
        this.key = word(key);
        this.missing = missing;
    }

    /**
     * One thing that one can do.
     *
     * @param what it does
     * @param command the words of the command, as a shell reads them
     */
    record WayOut(String what, String command) {
        ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("what", what).put("command", command);
        }
    }

    /**
     * Finds them.
     *
     * @param modeFrom who says in which mode it is
     * @param missing whether the row on which one is blocked is not there, in a table into which one can insert it
     */
    static List<WayOut> of(
            Explanation why, Reconciler<?> reconciler, String modeFrom, boolean pausedRow, Predicate<Blocker> missing) {
        WaysOut out = new WaysOut(reconciler, why.key(), missing);
        if (pausedRow) {
            out.add("let the row go on", "reconcilers resume " + out.name + " " + out.key);
        }
        out.mode(reconciler.options().mode(), modeFrom);
        out.status(why.status(), why.exists(), pausedRow);
        return out.ways;
    }

    private void mode(Mode mode, String from) {
        if (mode == Mode.PAUSED && from.startsWith("command")) {
            add("let the reconciler go on", "reconcilers resume " + name);
        } else if (mode != Mode.APPLY) {
            add("let the reconciler go on", "reconcilers mode " + name + " apply");
        }
        if (mode == Mode.PLAN) {
            add("see what it would do", "reconcilers plan " + name);
        }
    }

    private void status(@Nullable Status status, boolean exists, boolean paused) {
        if (status == null) {
            return;
        }
        Blocker on = status.blockedOn();
        if (on != null && missing.test(on)) {
            add("insert " + on + ", which does not exist", "db insert " + word(on.table()) + " -f FILE");
        } else if (on != null) {
            add("see why " + on + " is as it is", "explain " + word(on.table()) + " " + word(on.key()));
        }
        if (status.kind() == StatusKind.ERROR) {
            add(
                    status.isPermanent() ? "try it again, when the reason is gone" : "try it now",
                    "reconcilers retry " + name + " " + key);
            if (!paused && !status.isPermanent()) {
                add("keep it from being tried", "reconcilers pause " + name + " " + key);
            }
        } else if (status.kind() == StatusKind.DONE && exists && !paused) {
            add("check the target again now", "reconcilers refresh " + name + " " + key);
        }
    }

    private void add(String what, String words) {
        ways.add(new WayOut(what, "homeostat " + words));
    }

    /** As a shell reads it back. */
    private static String word(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
