package dev.homeostat.cli;

import java.io.PrintStream;

/** Prints lines for people. Every piece of data that it prints is made {@linkplain Printable printable} first. */
final class Screen {
    private final PrintStream out;
    private final boolean coloured;

    Screen(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    static boolean coloured(Surroundings surroundings) {
        return surroundings.terminal()
                && surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !surroundings.environment().getOrDefault("TERM", "").equals("dumb");
    }

    /** The text, printable and in that colour. */
    String tinted(Tint tint, String text) {
        return tint.paint(Printable.of(text), coloured);
    }

    /** A line whose parts are printable already. */
    void line(String text) {
        out.append(text).append('\n');
    }

    /** A headline, with an empty line before it. */
    void section(String title) {
        line("");
        line(tinted(Tint.STRONG, title));
    }

    /** Something that is wrong, or that one should know, indented under what it is about; never cut, for it is what one came for. */
    void note(int indent, Tint tint, String text) {
        for (String line : text.split("\n")) {
            line(" ".repeat(indent) + tinted(tint, (tint == Tint.BAD ? "! " : "- ") + line));
        }
    }

    boolean isColoured() {
        return coloured;
    }
}
