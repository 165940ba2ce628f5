package dev.homeostat.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers prune|held|confirm}. */
final class PruneCommand {
    private PruneCommand() {}

    static int prune(Session session, Words words) throws CommandException {
        return call("reconcilers.prune", words.params("NAME"), session, words);
    }

    static int confirm(Session session, Words words) throws CommandException {
        Map<String, Object> params = words.params("NAME");
        params.put("number", words.number("NUMBER"));
        return call("reconcilers.confirm", params, session, words);
    }

    private static int call(String method, Map<String, Object> params, Session session, Words words)
            throws CommandException {
        Duration timeout = words.timeout();
        params.put("timeoutMillis", timeout.toMillis());
        Doc report = session.client().call(method, params, timeout, item -> {});
        if (session.json()) {
            session.print(report);
        } else {
            print(session, report, words.text("NAME"));
        }
        boolean clean = report.docs("failed").isEmpty() && report.doc("held").isEmpty();
        return clean ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(Session session, Doc report, String name) {
        Screen screen = session.screen();
        Doc held = report.doc("held");
        if (!held.isEmpty()) {
            screen.line(screen.tinted(Tint.BAD, "held, nothing was removed: " + held.text("reason")));
            held.texts("removals").forEach(removal -> screen.line("  " + Printable.of(removal)));
            screen.line("to remove exactly these: "
                    + Printable.of(
                            session.again("reconcilers confirm " + Home.quoted(name) + " " + held.number("number"))));
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
        names.forEach(name -> screen.line("  " + Printable.of(name)));
    }

    static int held(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers", words.params("NAME"));
        Doc reconciler = answer.docs("reconcilers").stream().findFirst().orElse(Doc.EMPTY);
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
