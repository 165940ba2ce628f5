package dev.homeostat.cli.plugins;

import dev.homeostat.cli.command.Confirmation;
import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.wire.Doc;
import java.util.Map;
import java.util.Set;

/** {@code homeostat plugins start|stop|reload|unload}: does it, waits until it is done, and says what became of the plugin, of others and of their tables. */
public final class PluginActionCommand {
    private static final Set<String> ENDING = Set.of("stop", "unload");

    private PluginActionCommand() {}

    public static int run(String action, Session session, Words words) throws CommandException {
        String id = words.text("ID");
        if (ENDING.contains(action)) {
            Confirmation.ask(session, words, "Go on with " + action + "?", () -> PluginShowCommand.losses(session, id));
        }
        Doc answer = session.client().call("plugins." + action, Map.of("id", id));
        session.printDone(answer);
        return answer.flag("ok") ? ExitCode.OK : ExitCode.FAILURE;
    }
}
