package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.StatusText;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import org.jspecify.annotations.Nullable;

/** {@code homeostat db get}: one row in full. */
public final class GetCommand {
    private GetCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("db.get", words.params("TABLE", "KEY", "--index"));
        if (session.json()) {
            session.print(answer);
        } else {
            print(session.screen(), answer.doc("row"), new Ages(answer.time("now")));
            if (!answer.text("owner").isEmpty()) {
                field(session.screen(), "wanted by", answer.text("owner"));
            }
        }
        return ExitCode.OK;
    }

    /** One field a line; a text of several lines is shown as such, each of them printable. */
    public static void print(Screen screen, Doc row, Ages ages) {
        field(screen, "key", row.text("key"));
        if (row.flag("deleted")) {
            field(screen, "revision", "- (it is deleted from the table, and not yet from every target)");
        } else {
            field(screen, "revision", row.text("revision"));
        }
        row.doc("status").fields().forEach((reconciler, value) -> {
            Doc status = Doc.of(value);
            field(screen, "status", reconciler + ": " + StatusText.brief(status, ages));
            if (!status.text("error").isEmpty()) {
                screen.note(2, Tint.BAD, StatusText.failure(reconciler, status, ages));
            }
        });
        row.doc("values").fields().forEach((name, value) -> value(screen, name, value));
        if (!row.text("text").isEmpty()) {
            field(screen, "row", row.text("text"));
        }
    }

    private static void value(Screen screen, String name, @Nullable Object value) {
        if (value instanceof String text && text.contains("\n")) {
            screen.line(screen.tinted(Tint.FAINT, name + ":"));
            text.lines().forEach(line -> screen.line("  " + Printable.of(line)));
        } else {
            field(screen, name, Json.inline(value));
        }
    }

    private static void field(Screen screen, String name, String value) {
        screen.line((screen.tinted(Tint.FAINT, name + ":") + " " + Printable.of(value)).stripTrailing());
    }
}
