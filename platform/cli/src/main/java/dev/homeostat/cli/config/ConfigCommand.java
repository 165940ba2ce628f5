package dev.homeostat.cli.config;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Amount;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.util.List;
import java.util.Map;

/** {@code homeostat config}: what is wrong with the configuration, and what is in force. */
public final class ConfigCommand {
    /** The option that gives what {@code homeostat run} would be given. */
    public static final String PROPERTY = "-D";

    private ConfigCommand() {}

    public static int check(Session session, Words words) throws CommandException {
        return report(session, ask(session, words, "config.check"));
    }

    private static int report(Session session, Doc answer) {
        boolean ok = answer.flag("ok");
        if (session.json()) {
            session.print(answer);
            return ok ? ExitCode.OK : ExitCode.BAD_CONFIGURATION;
        }
        Screen screen = session.screen();
        for (Doc problem : answer.docs("problems")) {
            boolean error = problem.text("severity").equals("error");
            String place = place(problem.text("origin"), problem.number("line"));
            String text = (place.isEmpty() ? "" : place + ": ") + problem.text("message");
            text.lines().forEach(line -> screen.text(0, error ? Tint.BAD : Tint.PLAIN, line));
        }
        screen.text(0, Tint.PLAIN, summary(answer));
        return ok ? ExitCode.OK : ExitCode.BAD_CONFIGURATION;
    }

    public static int show(Session session, Words words) throws CommandException {
        Doc answer = ask(session, words, "config.show");
        if (!answer.flag("ok")) {
            return report(session, answer);
        }
        if (session.json()) {
            session.print(answer);
            return ExitCode.OK;
        }
        Screen screen = session.screen();
        String owner = "";
        Grid grid = null;
        for (Doc setting : answer.docs("settings")) {
            if (grid == null || !setting.text("owner").equals(owner)) {
                if (grid != null) {
                    grid.end();
                }
                owner = setting.text("owner");
                screen.section(owner);
                grid = new Grid(screen, 2, "SETTING", "VALUE", "FROM", "DEFAULT", "EXPECTED", "MEANING");
            }
            grid.row(
                    Cell.of(setting.text("key")),
                    Cell.of(setting.text("value")),
                    Cell.of(setting.text("from")),
                    Cell.of(setting.text("default")),
                    Cell.of(setting.text("kind")),
                    Cell.of(setting.text("description")));
            if (!setting.text("afterRestart").isEmpty()
                    || !setting.text("afterRestartFrom").isEmpty()) {
                grid.note(
                        Tint.BUSY,
                        "a restart would change it to " + setting.text("afterRestart") + " ("
                                + setting.text("afterRestartFrom") + ")");
            }
        }
        if (grid != null) {
            grid.end();
        }
        if (!answer.flag("running")) {
            screen.line("");
            screen.note(0, Tint.PLAIN, "no host runs: what plugins are configured by is shown by a host that runs");
        }
        return ExitCode.OK;
    }

    private static Doc ask(Session session, Words words, String method) throws CommandException {
        List<String> properties =
                words.list(PROPERTY).stream().map(word -> PROPERTY + word).toList();
        return session.askAnyway(method, Map.of(), properties);
    }

    private static String summary(Doc answer) {
        long errors = answer.docs("problems").stream()
                .filter(problem -> problem.text("severity").equals("error"))
                .count();
        String of = "the configuration";
        String how = answer.flag("running")
                ? ""
                : "; no host runs there, so what only plugins know of their own configuration was not looked at";
        return errors == 0
                ? of + " is as it should be" + how
                : of + " is not as it should be: " + Amount.of(errors, "problem") + how;
    }

    public static String place(String origin, long line) {
        return line > 0 ? origin + ":" + line : origin;
    }
}
