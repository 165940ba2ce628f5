package dev.homeostat.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * One call of the command, as its words and surroundings describe it.
 *
 * @param json whether the output is for programs
 * @param around what the process was given
 */
record Session(Home home, boolean json, HostClient client, Screen screen, PrintStream out, Surroundings around) {
    static Session of(Words words, Surroundings surroundings) {
        Home home = Home.of(words.home(), surroundings);
        return new Session(
                home,
                words.json(),
                new HostClient(home),
                new Screen(surroundings.out(), Screen.coloured(surroundings)),
                surroundings.out(),
                surroundings);
    }

    /**
     * Asks the host; where none is reachable, the installation answers by the files of the home alone.
     *
     * @param properties what {@code homeostat run} would be given, such as {@code -Dkey=value}; when there is any, no host is asked
     */
    Doc askAnyway(String method, Map<String, Object> params, List<String> properties) throws CommandException {
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
    void print(Doc doc) {
        out.append(Json.pretty(doc.fields())).append('\n');
    }

    /** A command line that asks the same host. */
    String again(String words) {
        return "homeostat" + home.option() + " " + words;
    }
}
