package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Confirmation;
import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers prune|held|confirm}. */
public final class PruneCommand {
    private static final int MOST_ASKED_ABOUT = 20;

    private PruneCommand() {}

    public static int prune(Session session, Words words) throws CommandException {
        return call("reconcilers.prune", words.params("NAME"), "waiting for the prune", session, words);
    }

    public static int confirm(Session session, Words words) throws CommandException {
        Map<String, Object> params = words.params("NAME");
        long number = words.number("NUMBER");
        Confirmation.ask(session, words, "Remove them?", () -> removals(session, words, number));
        params.put("number", number);
        return call("reconcilers.confirm", params, "waiting for the removal", session, words);
    }

    /** What it removes; nothing when it is another one that is held, which the host then says. */
    private static List<String> removals(Session session, Words words, long number) throws CommandException {
        Doc held = heldPrune(session, words).doc("heldPrune");
        if (held.isEmpty() || held.number("number") != number) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("prune " + number + " of " + words.text("NAME") + " removes " + held.number("count")
                + " from the target:");
        held.texts("removals").stream().limit(MOST_ASKED_ABOUT).forEach(removal -> lines.add("  " + removal));
        long more = held.number("count") - (lines.size() - 1);
        if (more > 0) {
            String all = "reconcilers held " + Home.quoted(words.text("NAME"));
            lines.add("  and " + more + " more; for all: " + session.again(all));
        }
        return lines;
    }

    private static Doc heldPrune(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers", words.params("NAME"));
        return answer.docs("reconcilers").stream().findFirst().orElse(Doc.EMPTY);
    }

    private static int call(String method, Map<String, Object> params, String what, Session session, Words words)
            throws CommandException {
        Duration timeout = words.timeout();
        params.put("timeoutMillis", timeout.toMillis());
        HostClient client = session.client();
        Doc report = client.telling(client.progress().saying(() -> what)).call(method, params, timeout, item -> {});
        if (session.json()) {
            session.print(report);
        } else {
            print(session, report, words.text("NAME"));
        }
        return report.flag("ok") ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(Session session, Doc report, String name) {
        Screen screen = session.screen();
        Doc held = report.doc("held");
        if (!held.isEmpty()) {
            screen.text(0, Tint.BAD, "held, nothing was removed: " + held.text("reason"));
            held.texts("removals").forEach(removal -> screen.line("  " + Printable.of(removal)));
            screen.text(
                    0,
                    Tint.PLAIN,
                    "to remove exactly these: "
                            + session.again("reconcilers confirm " + Home.quoted(name) + " " + held.number("number")));
            return;
        }
        Doc planned = report.doc("planned");
        if (!planned.isEmpty()) {
            list(screen, "would be removed, if the mode were apply", planned.texts("removals"));
            if (!planned.text("held").isEmpty()) {
                screen.note(0, Tint.BUSY, "the guard would hold it: " + planned.text("held"));
            }
            return;
        }
        list(screen, "removed", report.texts("removed"));
        list(screen, "spared, for it is desired again or left to a delete", report.texts("spared"));
        for (Doc failed : report.docs("failed")) {
            screen.note(0, Tint.BAD, failed.text("key") + ": " + failed.text("reason"));
        }
    }

    private static void list(Screen screen, String what, List<String> names) {
        if (names.isEmpty() && what.startsWith("spared")) {
            return;
        }
        screen.line(names.size() + " " + what);
        names.stream().sorted().forEach(name -> screen.line("  " + Printable.of(name))); // they ended in any order
    }

    public static int held(Session session, Words words) throws CommandException {
        Doc reconciler = heldPrune(session, words);
        Doc held = reconciler.doc("heldPrune");
        if (session.json()) {
            session.print(
                    new Doc(java.util.Collections.singletonMap("heldPrune", held.isEmpty() ? null : held.fields())));
        } else if (held.isEmpty()) {
            session.screen().line("no prune of " + Printable.of(reconciler.text("name")) + " is held");
        } else {
            print(session, Doc.EMPTY.with("held", held.fields()), reconciler.text("name"));
        }
        return ExitCode.OK;
    }
}
