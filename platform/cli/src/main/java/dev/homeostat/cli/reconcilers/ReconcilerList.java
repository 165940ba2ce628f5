package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Times;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.watch.Watch;
import dev.homeostat.cli.wire.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers}, and its part of the status. */
public final class ReconcilerList {
    private ReconcilerList() {}

    public static int run(Session session, Words words) throws CommandException {
        return Watch.run(session, words, ReconcilerList::once);
    }

    private static int once(Session session) throws CommandException {
        Doc answer = session.client().call("reconcilers", Map.of());
        List<Doc> reconcilers = answer.docs("reconcilers");
        if (session.json()) {
            session.print(answer);
        } else if (reconcilers.isEmpty()) {
            session.screen().line("no plugin has contributed a reconciler");
        } else {
            Ages ages = new Ages(answer.time("now"));
            print(session, 0, reconcilers, ages, true);
            List<Doc> failing = reconcilers.stream()
                    .filter(one -> one.number("failing") > 0)
                    .toList();
            if (!failing.isEmpty()) {
                session.screen().section("Rows that fail");
                FailureGrid.print(session, 2, failing, ages);
            }
        }
        return reconcilers.stream().allMatch(one -> one.flag("ok")) ? ExitCode.OK : ExitCode.FAILURE;
    }

    /**
     * Prints one line for each, with what keeps it from its work under it.
     *
     * @param inFull also what is wrong, which the status has said before
     */
    public static void print(Session session, int indent, List<Doc> reconcilers, Ages ages, boolean inFull) {
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
                        "PRUNED")
                .sparing("PRUNED", "RETRIES", "DELETES", "UPDATES", "MODE");
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
            if (inFull) {
                problems(grid, session, one, ages);
            }
            heldBack(session, one).forEach(line -> grid.note(Tint.PLAIN, line));
            prune(grid, one, ages, inFull);
        }
        grid.end();
    }

    private static void problems(Grid grid, Session session, Doc one, Ages ages) {
        HeldPrunes.problemsBesides(one).forEach(problem -> grid.note(Tint.BAD, problem));
        if (!one.doc("heldPrune").isEmpty()) {
            grid.note(Tint.BAD, HeldPrunes.text(one, ages));
            HeldPrunes.waysOut(session, one).forEach(line -> grid.note(Tint.PLAIN, line));
        }
    }

    private static void prune(Grid grid, Doc one, Ages ages, boolean inFull) {
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

    private static String failing(Doc reconciler) {
        long blocked = reconciler.number("blocked");
        return reconciler.number("failing") + (blocked == 0 ? "" : " (" + blocked + " blocked)");
    }

    /** All that keeps it from doing what it could, each with the command that ends it. */
    public static List<String> heldBack(Session session, Doc one) {
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
    public static String mode(Session session, Doc reconciler) {
        return "mode " + reconciler.text("mode") + " (" + reconciler.text("modeFrom") + "): "
                + consequence(session, reconciler);
    }

    /** What a mode other than apply means, and how it ends. */
    static String consequence(Session session, Doc reconciler) {
        String mode = reconciler.text("mode");
        String from = reconciler.text("modeFrom");
        String name = Home.quoted(reconciler.text("name"));
        String what = mode.equals("paused")
                ? "nothing begins"
                : "nothing is changed in the target; what would be: " + session.again("reconcilers plan " + name);
        String wayOut = mode.equals("paused") && from.startsWith("command")
                ? "reconcilers resume " + name
                : "reconcilers mode " + name + " apply";
        return what + "; to let it go on: " + session.again(wayOut);
    }

    /** Which rows are paused, and how that ends. */
    public static String pausedRows(Session session, String name, long count, List<String> keys) {
        return count + (count == 1 ? " row is" : " rows are") + " paused: " + String.join(", ", keys)
                + (count > keys.size() ? ", …" : "") + "; to let one go on: "
                + session.again("reconcilers resume " + Home.quoted(name) + " KEY");
    }
}
