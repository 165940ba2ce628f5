package dev.homeostat.cli.overview;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.reconcilers.ReconcilerList;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.StatusText;
import dev.homeostat.cli.screen.Times;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code homeostat explain}: why a row is as it is, in sentences. */
public final class ExplainCommand {
    private static final int MOST_COLUMNS_OF_A_VALUE = 60;

    private final Session session;
    private final Screen screen;
    private final Ages ages;

    private ExplainCommand(Session session, Ages ages) {
        this.session = session;
        this.screen = session.screen();
        this.ages = ages;
    }

    public static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("explain", words.params("TABLE", "KEY"));
        if (session.json()) {
            session.print(answer);
        } else {
            new ExplainCommand(session, new Ages(answer.time("now"))).print(answer);
        }
        return ExitCode.OK;
    }

    private void print(Doc answer) {
        desired(answer);
        List<Doc> reconcilers = answer.docs("reconcilers");
        if (reconcilers.isEmpty()) {
            screen.line("no reconciler works on this table");
        }
        reconcilers.forEach(this::reconciler);
    }

    private void desired(Doc answer) {
        Doc row = answer.doc("row");
        String name = answer.text("table") + " " + answer.text("key");
        if (row.isEmpty() || row.flag("deleted")) {
            screen.text(
                    0, Tint.PLAIN, name + " was deleted from the table: what there is of it in the target is to go.");
            return;
        }
        screen.text(
                0, Tint.PLAIN, name + " is desired: it is in the table, at revision " + row.number("revision") + ".");
        if (!answer.text("owner").isEmpty()) {
            screen.text(0, Tint.PLAIN, "It is wanted by " + answer.text("owner") + ".");
        }
        row.doc("values").fields().forEach((field, value) -> {
            String text = value instanceof Map<?, ?> || value instanceof List<?>
                    ? Json.compact(value)
                    : String.valueOf(value);
            String brief = Printable.cut(Printable.of(value == null ? "" : text), MOST_COLUMNS_OF_A_VALUE);
            screen.line(("  " + screen.tinted(Tint.FAINT, field + ":") + " " + brief).stripTrailing());
        });
    }

    private void reconciler(Doc reconciler) {
        screen.section(reconciler.text("name"));
        Doc status = reconciler.doc("status");
        screen.text(2, StatusText.tint(status), new StatusSentence(reconciler, ages).text());
        if (!status.text("error").isEmpty()) {
            screen.note(2, Tint.BAD, status.text("error"));
        }
        List<Doc> attempts = reconciler.docs("attempts");
        if (!attempts.isEmpty()) {
            screen.text(2, Tint.PLAIN, lastAttempt(attempts.getFirst()));
        }
        screen.text(2, Tint.PLAIN, "Next: " + Times.readable(reconciler.text("waitsFor"), ages) + ".");
        if (reconciler.text("mode").equals("paused") || reconciler.text("mode").equals("plan")) {
            screen.note(2, Tint.PLAIN, ReconcilerList.mode(session, reconciler));
        }
        waysOut(reconciler.docs("waysOut"));
        if (!attempts.isEmpty()) {
            screen.line("");
            screen.line(screen.tinted(Tint.FAINT, "  its attempts, the newest first:"));
            attempts(attempts);
        }
    }

    private String lastAttempt(Doc attempt) {
        return "The last attempt was " + withArticle(attempt.text("operation"))
                + " because of " + withArticle(attempt.text("cause")) + " at generation " + attempt.number("generation")
                + ": it began " + ages.ago(attempt.time("startedAt")) + ", took " + took(attempt)
                + ", and its outcome was: "
                + attempt.text("outcome") + ".";
    }

    /** {@code an observe}, {@code a delete}. */
    private static String withArticle(String word) {
        return (word.matches("[aeiou].*") ? "an " : "a ") + word;
    }

    private void waysOut(List<Doc> waysOut) {
        if (!waysOut.isEmpty()) {
            screen.text(2, Tint.PLAIN, "What one can do:");
            for (Doc way : waysOut) {
                String command = way.text("command").replaceFirst("^homeostat ", "");
                screen.note(2, Tint.PLAIN, way.text("what") + ": " + session.again(command));
            }
        }
    }

    private void attempts(List<Doc> attempts) {
        Grid grid = new Grid(screen, 2, "ATTEMPT", "WHEN", "OPERATION", "CAUSE", "GENERATION", "TOOK", "OUTCOME")
                .sparing("GENERATION", "ATTEMPT");
        for (Doc attempt : attempts) {
            grid.row(
                    Cell.of(attempt.number("number")),
                    Cell.of(ages.ago(attempt.time("startedAt"))),
                    Cell.of(attempt.text("operation")),
                    Cell.of(attempt.text("cause")),
                    Cell.of(attempt.number("generation")),
                    Cell.of(took(attempt)),
                    Cell.state(attempt.text("outcome")));
            if (!attempt.text("error").isEmpty()) {
                grid.note(Tint.BAD, attempt.text("error"));
            }
        }
        grid.end();
    }

    private static String took(Doc attempt) {
        return Ages.length(Duration.ofMillis(attempt.number("tookMillis")));
    }
}
