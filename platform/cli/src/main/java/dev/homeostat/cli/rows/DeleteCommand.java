package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Confirmation;
import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code homeostat db delete}: takes one row out of its table, and says what it was, so that it can be inserted again. */
public final class DeleteCommand {
    private DeleteCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Confirmation.ask(session, words, "Delete it?", () -> losses(session, words));
        Doc answer = session.client().call("db.delete", words.params("TABLE", "KEY"));
        if (session.json()) {
            session.print(answer);
        } else {
            print(session.screen(), answer);
        }
        return ExitCode.OK;
    }

    /** The row, and whose targets lose it; nothing where there is no such row, for then the host says so. */
    private static List<String> losses(Session session, Words words) throws CommandException {
        Doc row;
        try {
            row = session.client().call("db.get", words.params("TABLE", "KEY")).doc("row");
        } catch (CommandException e) {
            if (e.exitCode() == ExitCode.FAILURE) {
                return List.of();
            }
            throw e;
        }
        List<String> losses = new ArrayList<>();
        losses.add("row \"" + row.text("key") + "\" of table \"" + words.text("TABLE") + "\" is taken away: "
                + Json.compact(row.doc("values").fields()));
        row.doc("status")
                .fields()
                .keySet()
                .forEach(reconciler -> losses.add("  reconciler \"" + reconciler + "\" deletes it from its target"));
        return losses;
    }

    private static void print(Screen screen, Doc answer) {
        String row = Printable.of(answer.text("table") + " " + answer.text("key"));
        screen.line((answer.flag("deleted") ? "deleted: " : "given back: ") + row + ", at revision "
                + answer.number("revision"));
        Doc before = answer.doc("row");
        if (!before.doc("values").isEmpty()) {
            screen.line("it was: " + Json.compact(before.doc("values").fields()));
        }
        if (!answer.text("hint").isEmpty()) {
            screen.note(0, Tint.PLAIN, answer.text("hint"));
        }
    }
}
