package dev.homeostat.cli;

import java.io.PrintStream;

/**
 * One call of the command, as its words and surroundings describe it.
 *
 * @param json whether the output is for programs
 */
record Session(Home home, boolean json, HostClient client, Screen screen, PrintStream out) {
    static Session of(Words words, Surroundings surroundings) {
        Home home = Home.of(words.home(), surroundings);
        return new Session(
                home,
                words.json(),
                new HostClient(home),
                new Screen(surroundings.out(), Screen.coloured(surroundings)),
                surroundings.out());
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
