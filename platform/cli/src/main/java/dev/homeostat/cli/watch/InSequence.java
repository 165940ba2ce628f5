package dev.homeostat.cli.watch;

import java.io.PrintStream;

/** One picture after the other, with an empty line between those of more than one line. */
final class InSequence implements Pictures {
    private final PrintStream out;
    private String separator = "";

    InSequence(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean show(String picture) {
        boolean oneLine = picture.indexOf('\n') == picture.length() - 1;
        out.append(oneLine ? "" : separator).append(picture);
        separator = "\n";
        return !out.checkError(); // flushes, too
    }

    @Override
    public void close() {}
}
