package dev.homeostat.cli.complete;

import java.util.ArrayList;
import java.util.List;

/**
 * A line taken apart as a POSIX shell does: blanks separate words, but for those after a backslash or in quotes; a backslash takes the next character as it is, in double quotes
 * only before {@code " \ $ `}; a {@code #} that begins a word begins a comment. Nothing is expanded.
 *
 * @param words all but the last
 * @param last the last word as it is meant, without its quotes; empty when the line ends with a blank, or within a comment
 * @param lastAt where the last word begins in the line
 * @param quote the quote that is still open at the end, {@code \} when a backslash is the last character, or 0
 */
public record ShellLine(List<String> words, String last, int lastAt, char quote) {
    /** No quote. */
    public static final char NONE = 0;

    public ShellLine {
        words = List.copyOf(words);
    }

    /** Takes apart what was typed so far. */
    public static ShellLine of(String line) {
        return new Reader(line).read();
    }

    /** Whether a quote is open, or the line's end is taken away by a backslash: there is more to come. */
    public boolean isOpen() {
        return quote != NONE;
    }

    /** All words of a whole line. */
    public List<String> all() {
        List<String> all = new ArrayList<>(words);
        if (lastAt >= 0) {
            all.add(last);
        }
        return all;
    }

    /** Whether the line ends within a word, if only one of no characters, such as {@code ''}. */
    public boolean endsInWord() {
        return lastAt >= 0;
    }

    /** The word such that a shell reads it back, with backslashes where they are needed. */
    public static String escaped(String word) {
        if (word.isEmpty()) {
            return "''";
        }
        StringBuilder text = new StringBuilder(word.length() + 8);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean plain =
                    c >= 0x80 || Character.isLetterOrDigit(c) || "_./:@%+=,-".indexOf(c) >= 0 || (c == '^' && i > 0);
            if (c == '\n') {
                text.append("'\n'"); // a backslash would take it away
            } else {
                text.append(plain ? "" : "\\").append(c);
            }
        }
        return text.toString();
    }

    /** What stands for the word after that quote was opened, without the quote that closes it. */
    public static String within(char quote, String word) {
        return switch (quote) {
            case '\'' -> word.replace("'", "'\\''");
            case '"' -> word.replaceAll("([\"\\\\$`])", "\\\\$1");
            default -> escaped(word);
        };
    }

    private static final class Reader {
        private final String line;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private int wordAt = -1;
        private char quote = NONE;

        private Reader(String line) {
            this.line = line;
        }

        private ShellLine read() {
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (quote == '\\') {
                    quote = NONE;
                    word.append(c);
                } else if (quote == '"' && c == '\\' && i + 1 < line.length() && isEscapable(line.charAt(i + 1))) {
                    word.append(line.charAt(++i));
                } else if (quote != NONE) {
                    quoted(c);
                } else if (c == '#' && wordAt < 0) {
                    break;
                } else {
                    plain(c, i);
                }
            }
            return new ShellLine(words, word.toString(), wordAt, quote);
        }

        private static boolean isEscapable(char c) {
            return "\"\\$`".indexOf(c) >= 0;
        }

        private void quoted(char c) {
            if (c == quote) {
                quote = NONE;
            } else {
                word.append(c);
            }
        }

        private void plain(char c, int at) {
            if (Character.isWhitespace(c)) {
                if (wordAt >= 0) {
                    words.add(word.toString());
                    word.setLength(0);
                    wordAt = -1;
                }
                return;
            }
            wordAt = wordAt < 0 ? at : wordAt;
            if (c == '\'' || c == '"' || c == '\\') {
                quote = c;
            } else {
                word.append(c);
            }
        }
    }
}
