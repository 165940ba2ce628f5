package dev.homeostat.cli.complete;

import java.util.Locale;

/**
 * What the script for bash reads: a line that says what is wanted ({@code words}, {@code files}, {@code directories}), then each word as bash is to insert it: with the quotes that it needs, and without what
 * stands before the last of the characters that separate words for bash, which it keeps.
 */
final class BashReply {
    private BashReply() {}

    /**
     * The reply.
     *
     * @param separators the value of {@code COMP_WORDBREAKS}
     * @param line the command line up to the cursor, the name of the program included
     */
    static String of(Completion completion, String separators, String line) {
        ShellLine cut = ShellLine.of(line);
        if (cut.words().isEmpty()) {
            return "";
        }
        Candidates candidates = completion.of(cut.words().subList(1, cut.words().size()), cut.last());
        StringBuilder reply = new StringBuilder(kind(candidates)).append('\n');
        String kept = cut.endsInWord() ? kept(line.substring(cut.lastAt()), separators) : "";
        for (Candidate candidate : candidates.words()) {
            String text = text(candidate, cut.quote());
            if (text.indexOf('\n') < 0) { // it could not be told from two
                reply.append(text.startsWith(kept) ? text.substring(kept.length()) : text)
                        .append(candidate.whole() && isBare(cut) ? " " : "")
                        .append('\n');
            }
        }
        return reply.toString();
    }

    static String kind(Candidates candidates) {
        return candidates.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Within quotes bash itself adds the one that closes them. */
    private static String text(Candidate candidate, char quote) {
        return quote == '\'' || quote == '"'
                ? ShellLine.within(quote, candidate.word())
                : ShellLine.escaped(candidate.word());
    }

    private static boolean isBare(ShellLine cut) {
        return cut.quote() != '\'' && cut.quote() != '"';
    }

    /** What of the typed word bash takes for words before it. Within quotes it separates nothing. */
    private static String kept(String typed, String separators) {
        int after = 0;
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'' || c == '"') {
                return typed.substring(0, after);
            } else if (separators.indexOf(c) >= 0) {
                after = i + 1;
            }
        }
        return typed.substring(0, after);
    }
}
