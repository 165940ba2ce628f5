package dev.homeostat.cli;

import java.time.Duration;
import java.util.Map;

/** {@code homeostat wait}. */
final class WaitCommand {
    private WaitCommand() {}

    static int run(Session session, Words words) throws CommandException {
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

    /** A program that asked for JSON gets some also when time ran out, beside the message on standard error. */
    private static Doc answer(Session session, Map<String, Object> params, Duration timeout) throws CommandException {
        try {
            return session.client().call("wait", params, timeout, item -> {});
        } catch (CommandException e) {
            if (session.json() && e.code().equals("timeout")) {
                session.print(new Doc(Map.of("reconciled", false, "timedOut", true)));
            }
            throw e;
        }
    }

    private static void print(Session session, Doc answer) {
        Screen screen = session.screen();
        for (Doc one : answer.docs("reconcilers")) {
            String state = one.flag("reconciled") ? "done" : one.docs("failed").isEmpty() ? "given up" : "failed";
            screen.line(Printable.of(one.text("name")) + ": " + screen.tinted(Tint.of(state), state));
            one.docs("failed")
                    .forEach(failed -> screen.note(2, Tint.BAD, failed.text("key") + ": " + failed.text("reason")));
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
