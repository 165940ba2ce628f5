package dev.homeostat.cli;

import java.util.List;
import java.util.Map;

/** {@code homeostat config}: what is wrong with the configuration, and what is in force. */
final class ConfigCommand {
    /** The option that gives what {@code homeostat run} would be given. */
    static final String PROPERTY = "-D";

    private ConfigCommand() {}

    static int check(Session session, Words words) throws CommandException {
        Doc answer = ask(session, words, "config.check");
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
            text.lines().forEach(line -> screen.line(screen.tinted(error ? Tint.BAD : Tint.PLAIN, line)));
        }
        screen.line(Printable.of(summary(answer)));
        return ok ? ExitCode.OK : ExitCode.BAD_CONFIGURATION;
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
                : of + " is not as it should be: " + errors + (errors == 1 ? " problem" : " problems") + how;
    }

    static String place(String origin, long line) {
        return line > 0 ? origin + ":" + line : origin;
    }
}
