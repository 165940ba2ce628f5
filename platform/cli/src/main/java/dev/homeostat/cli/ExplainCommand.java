package dev.homeostat.cli;

import dev.homeostat.cli.Grid.Cell;
import java.time.Duration;
import java.util.List;

/** {@code homeostat explain}: why a row is as it is. */
final class ExplainCommand {
    private ExplainCommand() {}

    static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("explain", words.params("TABLE", "KEY"));
        if (session.json()) {
            session.print(answer);
        } else {
            print(session, answer);
        }
        return ExitCode.OK;
    }

    private static void print(Session session, Doc answer) {
        Screen screen = session.screen();
        Ages ages = new Ages(answer.time("now"));
        Doc row = answer.doc("row");
        String where = row.isEmpty() || row.flag("deleted")
                ? "deleted from the table"
                : "in the table at revision " + row.number("revision");
        screen.line(Printable.of(answer.text("table") + " " + answer.text("key") + ": " + where));
        List<Doc> reconcilers = answer.docs("reconcilers");
        if (reconcilers.isEmpty()) {
            screen.line("no reconciler works on this table");
        }
        reconcilers.forEach(one -> print(session, answer.text("key"), one, ages));
    }

    private static void print(Session session, String key, Doc reconciler, Ages ages) {
        Screen screen = session.screen();
        Doc status = reconciler.doc("status");
        screen.section(reconciler.text("name"));
        if (!status.isEmpty()) {
            String next = status.text("nextAttempt").isEmpty() ? "" : ", " + StatusText.next(status, ages);
            screen.line("  " + screen.tinted(StatusText.tint(status), StatusText.brief(status, ages)) + ", generation "
                    + status.number("generation") + Printable.of(next));
            if (!status.text("error").isEmpty()) {
                screen.note(2, Tint.BAD, status.text("error"));
            }
        }
        screen.note(2, Tint.PLAIN, "next: " + Times.readable(reconciler.text("waitsFor"), ages));
        if (reconciler.flag("pausedRow")) {
            String row = Home.quoted(reconciler.text("name")) + " " + Home.quoted(key);
            screen.note(2, Tint.PLAIN, "to let it go on: " + session.again("reconcilers resume " + row));
        }
        if (reconciler.text("mode").equals("paused") || reconciler.text("mode").equals("plan")) {
            screen.note(2, Tint.PLAIN, ReconcilerList.mode(session, reconciler));
        }
        List<Doc> attempts = reconciler.docs("attempts");
        if (!attempts.isEmpty()) {
            attempts(screen, attempts, ages);
        }
    }

    private static void attempts(Screen screen, List<Doc> attempts, Ages ages) {
        screen.line("");
        Grid grid = new Grid(screen, 2, "ATTEMPT", "WHEN", "OPERATION", "CAUSE", "GENERATION", "TOOK", "OUTCOME");
        for (Doc attempt : attempts) {
            grid.row(
                    Cell.of(attempt.number("number")),
                    Cell.of(ages.ago(attempt.time("startedAt"))),
                    Cell.of(attempt.text("operation")),
                    Cell.of(attempt.text("cause")),
                    Cell.of(attempt.number("generation")),
                    Cell.of(Ages.length(Duration.ofMillis(attempt.number("tookMillis")))),
                    Cell.state(attempt.text("outcome")));
            if (!attempt.text("error").isEmpty()) {
                grid.note(Tint.BAD, attempt.text("error"));
            }
        }
        grid.end();
    }
}
