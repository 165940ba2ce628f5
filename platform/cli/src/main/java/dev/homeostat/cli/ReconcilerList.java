package dev.homeostat.cli;

import dev.homeostat.cli.Grid.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers}, and its part of the status. */
final class ReconcilerList {
    private ReconcilerList() {}

    static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers", Map.of());
        List<Doc> reconcilers = answer.docs("reconcilers");
        if (session.json()) {
            session.print(answer);
        } else if (reconcilers.isEmpty()) {
            session.screen().line("no plugin has contributed a reconciler");
        } else {
            print(session, 0, reconcilers, new Ages(answer.time("now")), true);
        }
        return reconcilers.stream().allMatch(one -> one.flag("ok")) ? ExitCode.OK : ExitCode.FAILURE;
    }

    static void print(Session session, int indent, List<Doc> reconcilers, Ages ages, boolean inFull) {
        Grid grid = new Grid(
                session.screen(),
                indent,
                "NAME",
                "STATE",
                "MODE",
                "OBJECTS",
                "FAILING",
                "QUEUED",
                "UPDATES",
                "DELETES",
                "RETRIES",
                "PRUNED");
        for (Doc one : reconcilers) {
            Doc stats = one.doc("stats");
            grid.row(
                    Cell.of(one.text("name")),
                    Cell.state(one.flag("ok") ? "ok" : "degraded"),
                    Cell.of(one.text("mode")),
                    Cell.of(one.number("objects")),
                    Cell.of(failing(one)),
                    Cell.of(stats.number("queued")),
                    Cell.of(stats.number("updates")),
                    Cell.of(stats.number("deletes")),
                    Cell.of(stats.number("retries")),
                    Cell.of(stats.number("pruned")));
            notes(grid, session, one, ages);
            heldBack(session, one).forEach(line -> grid.note(Tint.PLAIN, line));
            heldPrune(grid, session, one, ages);
            List<String> waitsFor = one.texts("pruneWaitsFor");
            if (!waitsFor.isEmpty()) {
                grid.note(
                        Tint.PLAIN,
                        "nothing is pruned before table " + one.text("table") + " is initialized, which waits for: "
                                + String.join(", ", waitsFor));
            } else if (inFull && !one.text("pruneState").isEmpty()) {
                grid.note(Tint.PLAIN, "prune: " + Times.readable(one.text("pruneState"), ages));
            }
        }
        grid.end();
    }

    private static String failing(Doc reconciler) {
        long blocked = reconciler.number("blocked");
        return reconciler.number("failing") + (blocked == 0 ? "" : " (" + blocked + " blocked)");
    }

    private static void notes(Grid grid, Session session, Doc reconciler, Ages ages) {
        List<Doc> failures = reconciler.docs("failures");
        for (Doc failure : failures) {
            String what = failure.flag("delete") ? "delete of " + failure.text("key") : failure.text("key");
            grid.note(Tint.BAD, StatusText.failure(what, failure.doc("status"), failure.time("since"), ages));
        }
        long more = reconciler.number("failing") - failures.size();
        if (more > 0) {
            String all = session.again("reconcilers failures " + Home.quoted(reconciler.text("name")));
            grid.note(Tint.BAD, "and " + more + " more: " + all);
        }
        String held = "prune " + reconciler.doc("heldPrune").number("number") + " is held";
        reconciler.texts("problems").stream()
                .filter(problem -> !problem.startsWith(held)) // said below, with the commands that end it
                .forEach(problem -> grid.note(Tint.BAD, problem));
    }

    /** All that keeps it from doing what it could, each with the command that ends it. */
    static List<String> heldBack(Session session, Doc one) {
        List<String> lines = new ArrayList<>();
        if (!one.text("mode").equals("apply") && !one.text("mode").isEmpty()) {
            lines.add(mode(session, one));
        }
        if (one.number("pausedRows") > 0) {
            lines.add(pausedRows(session, one.text("name"), one.number("pausedRows"), one.texts("paused")));
        }
        return lines;
    }

    /** Why a reconciler does not do all that it could, and how that ends. */
    static String mode(Session session, Doc reconciler) {
        String mode = reconciler.text("mode");
        String from = reconciler.text("modeFrom");
        String name = Home.quoted(reconciler.text("name"));
        String what = mode.equals("paused")
                ? "nothing begins"
                : "nothing is changed in the target; what would be: " + session.again("reconcilers plan " + name);
        String wayOut = mode.equals("paused") && from.startsWith("command")
                ? "reconcilers resume " + name
                : "reconcilers mode " + name + " apply";
        return "mode " + mode + " (" + from + "): " + what + "; to let it go on: " + session.again(wayOut);
    }

    /** Which rows are paused, and how that ends. */
    static String pausedRows(Session session, String name, long count, List<String> keys) {
        return count + (count == 1 ? " row is" : " rows are") + " paused: " + String.join(", ", keys)
                + (count > keys.size() ? ", …" : "") + "; to let one go on: "
                + session.again("reconcilers resume " + Home.quoted(name) + " KEY");
    }

    private static void heldPrune(Grid grid, Session session, Doc reconciler, Ages ages) {
        Doc held = reconciler.doc("heldPrune");
        if (held.isEmpty()) {
            return;
        }
        String name = Home.quoted(reconciler.text("name"));
        grid.note(
                Tint.BAD,
                "prune " + held.number("number") + " of " + held.number("count") + " is held since "
                        + ages.ago(held.time("heldAt")) + ": " + held.text("reason"));
        grid.note(Tint.PLAIN, "to see what it would remove: " + session.again("reconcilers held " + name));
        grid.note(
                Tint.PLAIN, "to let it: " + session.again("reconcilers confirm " + name + " " + held.number("number")));
    }
}
