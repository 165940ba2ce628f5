package dev.homeostat.cli.plugins;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code homeostat plugins check}: what a start would say of plugin jars. */
public final class PluginsCheckCommand {
    /** The label of the words that name jars. */
    public static final String JAR = "JAR";

    private PluginsCheckCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Map<String, Object> params = new LinkedHashMap<>();
        List<Path> named = words.list(JAR).stream()
                .map(session.around().directory()::resolve)
                .map(Path::normalize)
                .toList();
        if (!named.isEmpty()) {
            params.put("jars", named.stream().map(Path::toString).toList());
        }
        Doc answer = session.askAnyway("plugins.check", params, List.of());
        if (session.json()) {
            session.print(answer);
        } else {
            print(session.screen(), answer.docs("jars"));
        }
        return answer.flag("ok") ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(Screen screen, List<Doc> jars) {
        if (jars.isEmpty()) {
            screen.line("there is no plugin jar in the home");
        }
        for (Doc jar : jars) {
            String plugin = (jar.text("id") + " " + jar.text("version")).strip();
            String verdict = jar.flag("refused") ? "would be refused" : "is as it should be";
            String isolation = jar.text("isolation").isEmpty() ? "" : ", " + jar.text("isolation");
            screen.text(
                    0,
                    jar.flag("refused") ? Tint.BAD : Tint.GOOD,
                    jar.text("jar") + (plugin.isEmpty() ? "" : " (" + plugin + isolation + ")") + " " + verdict);
            for (Doc finding : jar.docs("findings")) {
                String fix = finding.text("fix").isEmpty() ? "" : ": " + finding.text("fix");
                screen.note(
                        2,
                        finding.text("severity").equals("error") ? Tint.BAD : Tint.PLAIN,
                        finding.text("problem") + fix);
            }
        }
    }
}
