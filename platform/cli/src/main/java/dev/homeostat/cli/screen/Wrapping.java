package dev.homeostat.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at its blanks, so that it fits a terminal. */
final class Wrapping {
    /** In less than that, lines broken by hand are no better than those that the terminal breaks. */
    private static final int LEAST = 10;

    private Wrapping() {}

    /**
     * The lines. A word that is longer than a line is broken; a command at the end of the text is not, so that it can be copied: it gets a line of its own, and
     * the terminal breaks it if it must.
     *
     * @param columns of a line; when it is less than ten, the text is one line
     */
    static List<String> lines(String text, int columns) {
        if (columns < LEAST || Printable.width(text) <= columns) {
            return List.of(text);
        }
        int command = text.indexOf(": homeostat ");
        List<String> lines = new ArrayList<>(broken(command < 0 ? text : text.substring(0, command + 1), columns));
        if (command >= 0) {
            String words = text.substring(command + 2);
            String last = lines.getLast();
            if (Printable.width(last) + 1 + Printable.width(words) <= columns) {
                lines.set(lines.size() - 1, last + " " + words);
            } else {
                lines.add(words);
            }
        }
        return lines;
    }

    /** The same for text of which nothing is to be copied, however few columns there are; at least one line. */
    static List<String> broken(String text, int columns) {
        if (Printable.width(text) <= columns) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && Printable.width(line.toString()) + 1 + Printable.width(word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ");
            int from = 0;
            for (int end = end(word, from, columns); end < word.length(); end = end(word, from, columns)) {
                lines.add(word.substring(from, end));
                from = end;
            }
            line.append(word, from, word.length());
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Where the columns are full, after one character at least; the end of the text where they are not. */
    private static int end(String text, int from, int columns) {
        int width = 0;
        for (int at = from; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            width += Printable.width(text.codePointAt(at));
            if (width > columns && at > from) {
                return at;
            }
        }
        return text.length();
    }
}
