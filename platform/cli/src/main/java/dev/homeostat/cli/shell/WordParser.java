package dev.homeostat.cli.shell;

import dev.homeostat.cli.complete.ShellLine;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Takes lines apart for the line editor as {@link ShellLine} does for everybody. */
final class WordParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && ShellLine.of(line).isOpen()) {
            throw new EOFError(-1, cursor, "a quote is open", "quote"); // then the editor asks for one more line
        }
        return new Parsed(line, cursor, ShellLine.of(line.substring(0, cursor)));
    }

    @Override
    public boolean isEscapeChar(char c) {
        return c == '\\';
    }

    /**
     * A line whose words end at the cursor: what is behind it is not completed and not replaced.
     *
     * @param cut the line up to the cursor
     */
    private record Parsed(String line, int cursor, ShellLine cut) implements CompletingParsedLine {
        @Override
        public String word() {
            return cut.last();
        }

        @Override
        public int wordCursor() {
            return cut.last().length();
        }

        @Override
        public int wordIndex() {
            return cut.words().size();
        }

        @Override
        public List<String> words() {
            List<String> words = new ArrayList<>(cut.words());
            words.add(cut.last());
            return words;
        }

        @Override
        public int rawWordCursor() {
            return cut.endsInWord() ? cursor - cut.lastAt() : 0;
        }

        @Override
        public int rawWordLength() {
            return rawWordCursor();
        }

        /**
         * The quote that was opened stays, and is closed where the word is complete. The word at the cursor is as it was typed: the editor takes away as many characters as
         * this has.
         */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            String typed = line.substring(cursor - rawWordCursor(), cursor);
            if (!complete && cut.last().contentEquals(candidate)) {
                return typed;
            }
            char quote = cut.quote();
            return (quote == '\'' || quote == '"') && typed.lastIndexOf(quote) == 0
                    ? quote + ShellLine.within(quote, candidate.toString()) + (complete ? quote : "")
                    : ShellLine.escaped(candidate.toString());
        }
    }
}
