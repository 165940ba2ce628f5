package dev.homeostat.cli.complete;

import dev.homeostat.cli.screen.Printable;
import java.util.List;

/**
 * What the script for zsh reads: a line that says what is wanted ({@code words}, {@code files}, {@code directories}), then each word and its meaning, with a tab between them; a word to which more is to be added has a
 * plus sign before it, and any other a blank. zsh adds the quotes.
 */
final class ZshReply {
    private ZshReply() {}

    /** @param words those of the line up to the cursor, without quotes and without the name of the program; the last one is that at the cursor */
    static String of(Completion completion, List<String> words) {
        if (words.isEmpty()) {
            return "";
        }
        Candidates candidates = completion.of(words.subList(0, words.size() - 1), words.getLast());
        StringBuilder reply = new StringBuilder(BashReply.kind(candidates)).append('\n');
        for (Candidate candidate : candidates.words()) {
            if (candidate.word().indexOf('\n') < 0 && candidate.word().indexOf('\t') < 0) {
                reply.append(candidate.whole() ? ' ' : '+')
                        .append(candidate.word())
                        .append('\t')
                        .append(Printable.of(candidate.meaning()))
                        .append('\n');
            }
        }
        return reply.toString();
    }
}
