package dev.homeostat.cli.command;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import dev.homeostat.cli.wire.Json;
import dev.homeostat.cli.wire.OfflineHost;
import dev.homeostat.cli.wire.Progress;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * One call of the command, as its words and surroundings describe it.
 *
 * @param json whether the output is for programs
 * @param around what the process was given
 */
public record Session(Home home, boolean json, HostClient client, Screen screen, PrintStream out, Surroundings around) {
    public static Session of(Words words, Surroundings surroundings) {
        Home home = Home.of(words.home(), surroundings);
        return new Session(
                home,
                words.json(),
                new HostClient(home).telling(Progress.of(surroundings)),
                screen(surroundings.out(), surroundings),
                surroundings.out(),
                surroundings);
    }

    /** The same, printed elsewhere on a screen as large as the terminal is now. */
    public Session printedTo(PrintStream other) {
        return new Session(home, json, client.telling(Progress.NONE), screen(other, around), other, around);
    }

    /** Where questions are put, with what they are about. */
    Screen messages() {
        boolean terminal = around.terminal() || around.terminalForMessages();
        return new Screen(
                around.questions(), false, terminal ? around.window().get().columns() : 0);
    }

    private static Screen screen(PrintStream out, Surroundings around) {
        int columns = around.terminal() ? around.window().get().columns() : 0;
        return new Screen(out, Screen.coloured(around), columns);
    }

    /**
     * Asks the host; where none is reachable, the installation answers by the files of the home alone.
     *
     * @param properties what {@code homeostat run} would be given, such as {@code -Dkey=value}; when there is any, no host is asked
     */
    public Doc askAnyway(String method, Map<String, Object> params, List<String> properties) throws CommandException {
        if (properties.isEmpty()) {
            try {
                return client.call(method, params);
            } catch (CommandException e) {
                if (e.exitCode() != ExitCode.NO_HOST) {
                    throw e;
                }
            }
        }
        return OfflineHost.of(home, around.install(), properties).call(method, params);
    }

    /** Prints a document for programs. */
    public void print(Doc doc) {
        out.append(Json.pretty(doc.fields())).append('\n');
    }

    /** Prints what something that was done has changed: the document for programs, the host's own lines for people. */
    public void printDone(Doc answer) {
        if (json) {
            print(answer);
        } else {
            answer.texts("did").forEach(line -> screen.text(0, Tint.PLAIN, line));
        }
    }

    /** A command line that asks the same host. */
    public String again(String words) {
        return "homeostat" + home.option() + " " + words;
    }
}
