package dev.homeostat.cli.screen;

import dev.homeostat.cli.process.Surroundings;
import java.io.PrintStream;

/** Prints lines for people. Every piece of data that it prints is made {@linkplain Printable printable} first. */
public final class Screen {
    private final PrintStream out;
    private final boolean coloured;
    private final int columns;

    /** @param columns how many columns lines may have; 0 when nothing is to be made to fit */
    public Screen(PrintStream out, boolean coloured, int columns) {
        this.out = out;
        this.coloured = coloured;
        this.columns = columns;
    }

    /** What is told besides the answer, on standard error; made to fit where that is a terminal. */
    public static Screen ofMessages(Surroundings surroundings) {
        int columns =
                surroundings.terminalForMessages() ? surroundings.window().get().columns() : 0;
        return new Screen(surroundings.err(), false, columns);
    }

    public static boolean coloured(Surroundings surroundings) {
        return surroundings.terminal()
                && surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !surroundings.environment().getOrDefault("TERM", "").equals("dumb");
    }

    /** The text, printable and in that colour. */
    public String tinted(Tint tint, String text) {
        return tint.paint(Printable.of(text), coloured);
    }

    /** A line whose parts are printable already. */
    public void line(String text) {
        out.append(text).append('\n');
    }

    /** A headline, with an empty line before it. */
    public void section(String title) {
        line("");
        line(tinted(Tint.STRONG, title));
    }

    /** Something that is wrong, or that one should know, indented under what it is about; never cut, for it is what one came for. */
    public void note(int indent, Tint tint, String text) {
        for (String line : text.split("\n")) {
            String mark = tint == Tint.BAD ? "! " : "- ";
            for (String part : Wrapping.lines(Printable.of(line), columns - indent - mark.length())) {
                line(" ".repeat(indent) + tint.paint(mark + part, coloured));
                mark = "  ";
            }
        }
    }

    /** Sentences, as many lines as they need. */
    public void text(int indent, Tint tint, String text) {
        for (String part : Wrapping.lines(Printable.of(text), columns - indent)) {
            line(" ".repeat(indent) + tint.paint(part, coloured));
        }
    }

    /**
     * Why the command does not do what was asked.
     *
     * @param hint the way out; empty when there is nothing to say
     */
    public void complaint(String message, String hint) {
        String indent = "";
        for (String part : Wrapping.lines("homeostat: " + Printable.of(message), columns - 2)) {
            line(indent + part);
            indent = "  ";
        }
        if (!hint.isEmpty()) {
            text(2, Tint.PLAIN, hint);
        }
    }

    public boolean isColoured() {
        return coloured;
    }

    /** How many columns lines may have; 0 when nothing is to be made to fit. */
    public int columns() {
        return columns;
    }
}
