package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import dev.homeostat.cli.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;

/** {@code homeostat db insert}: stores the rows of a file, all or none. The host reads the text: it knows YAML and the table. */
public final class InsertCommand {
    /** What the host takes in one request. */
    private static final int LONGEST_REQUEST = 1 << 20;

    private static final String STANDARD_INPUT = "-";

    private InsertCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        String file = words.text("--file");
        Map<String, Object> params = words.params("TABLE");
        params.put("document", text(session, file));
        params.put("origin", file.equals(STANDARD_INPUT) ? "standard input" : file);
        refuseTooLong(file, params);
        if (session.json()) {
            JsonRows rows = new JsonRows(session.out());
            rows.end(session.client().call("db.insert", params, Duration.ZERO, rows::row));
            return ExitCode.OK;
        }
        Grid grid = new Grid(session.screen(), 0, "CHANGE", "KEY", "REVISION");
        Doc end = session.client().call("db.insert", params, Duration.ZERO, row -> {
            grid.row(Cell.of(row.text("change")), Cell.of(row.text("key")), Cell.of(row.text("revision")));
            if (!row.text("orphanOf").isEmpty()) {
                grid.note(Tint.PLAIN, "taken over from " + row.text("orphanOf") + ", which is gone");
            }
        });
        grid.end();
        session.screen()
                .line(end.text("table") + ": " + end.number("inserted") + " inserted, " + end.number("updated")
                        + " updated, " + end.number("unchanged") + " unchanged");
        session.screen().note(0, Tint.PLAIN, end.text("hint"));
        return ExitCode.OK;
    }

    private static String text(Session session, String file) throws CommandException {
        try (InputStream in = file.equals(STANDARD_INPUT)
                ? System.in
                : Files.newInputStream(session.around().directory().resolve(file))) {
            byte[] bytes = in.readNBytes(LONGEST_REQUEST);
            if (bytes.length == LONGEST_REQUEST) {
                throw tooLarge(file);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.FAILURE, file + ": is not UTF-8 text", "rows are YAML or JSON");
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    ExitCode.USAGE, "--file: there is no file " + file, "\"-\" reads standard input");
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, "--file: cannot read " + file + ": " + e.getMessage(), "");
        }
    }

    private static void refuseTooLong(String file, Map<String, Object> params) throws CommandException {
        String request = Json.compact(HostClient.request("db.insert", params));
        if (request.getBytes(StandardCharsets.UTF_8).length > LONGEST_REQUEST) {
            throw tooLarge(file);
        }
    }

    private static CommandException tooLarge(String file) {
        return new CommandException(
                ExitCode.FAILURE,
                "--file: " + file + " is too large: the host takes 1 MiB of rows at once",
                "split it, or put it where a source reads it, such as manifests/");
    }
}
