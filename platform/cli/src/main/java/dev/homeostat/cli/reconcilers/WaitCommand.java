package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.screen.Amount;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import dev.homeostat.cli.wire.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code homeostat wait}. */
public final class WaitCommand {
    /** More than that many rows, a person reads by their errors. */
    private static final int MOST_SHOWN = 10;

    private WaitCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Duration timeout = words.timeout();
        Map<String, Object> params = words.params("TABLE");
        params.put("timeoutMillis", timeout.toMillis());
        Doc answer = answer(session, params, timeout);
        if (session.json()) {
            session.print(answer);
        } else {
            print(session, answer);
        }
        return answer.flag("reconciled") ? ExitCode.OK : ExitCode.FAILURE;
    }

    /** A program that asked for JSON gets some also when time ran out, with what was waited for, beside the message on standard error. */
    private static Doc answer(Session session, Map<String, Object> params, Duration timeout) throws CommandException {
        try {
            HostClient client = session.client();
            Progress progress = client.progress().saying(() -> toDo(session, params));
            return client.telling(progress).call("wait", params, timeout, item -> {});
        } catch (CommandException e) {
            if (session.json() && e.code().equals("timeout")) {
                session.print(e.details().with("reconciled", false).with("timedOut", true));
            }
            throw e;
        }
    }

    /** How much is to be done; nothing when the host does not say so. */
    private static String toDo(Session session, Map<String, Object> params) {
        try {
            long queued = 0;
            long failing = 0;
            HostClient client = session.client().telling(Progress.NONE);
            for (Doc one : client.call("reconcilers", Map.of()).docs("reconcilers")) {
                if (one.text("table").equals(params.getOrDefault("table", one.text("table")))) {
                    queued +=
                            one.doc("stats").number("queued") + one.doc("stats").number("running");
                    failing += one.number("failing");
                }
            }
            return "waiting for " + Amount.of(queued, "row") + ", " + failing + (failing == 1 ? " fails" : " fail");
        } catch (CommandException e) {
            return ""; // The call that is waited for will say what is wrong.
        }
    }

    private static void failed(Session session, Doc one) {
        List<Doc> failed = one.docs("failed");
        failed.stream()
                .limit(MOST_SHOWN)
                .forEach(row -> session.screen().note(2, Tint.BAD, row.text("key") + ": " + row.text("reason")));
        if (failed.size() > MOST_SHOWN) {
            session.screen()
                    .note(
                            2,
                            Tint.PLAIN,
                            "and " + (failed.size() - MOST_SHOWN) + " more; all that fails, by its errors: "
                                    + session.again(
                                            "reconcilers failures " + Home.quoted(one.text("name")) + " --by-error"));
        }
    }

    private static void print(Session session, Doc answer) {
        Screen screen = session.screen();
        for (Doc one : answer.docs("reconcilers")) {
            String state = one.flag("reconciled") ? "done" : one.docs("failed").isEmpty() ? "not done" : "failed";
            screen.line(Printable.of(one.text("name")) + ": " + screen.tinted(Tint.of(state), state));
            failed(session, one);
            if (!one.text("stopped").isEmpty()) {
                screen.note(2, Tint.BAD, one.text("stopped"));
                ReconcilerList.heldBack(session, one).forEach(line -> screen.note(2, Tint.PLAIN, line));
            }
        }
        if (answer.docs("reconcilers").isEmpty()) {
            screen.line("no reconciler works there");
        }
    }
}
