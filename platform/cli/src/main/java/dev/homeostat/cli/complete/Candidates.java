package dev.homeostat.cli.complete;

import java.util.ArrayList;
import java.util.List;

/**
 * What may stand where the cursor is.
 *
 * @param kind whether it is these words, or the name of a file
 * @param words in the order in which they are shown; empty where it is a file
 * @param after what of the word is typed already where a file's name begins, such as {@code --home=}
 */
public record Candidates(Kind kind, List<Candidate> words, String after) {
    /** What is wanted. */
    public enum Kind {
        /** One of the words. */
        WORDS,
        /** A file, or a directory that leads to one. */
        FILES,
        /** A directory. */
        DIRECTORIES
    }

    /** Nothing that could be named. */
    static final Candidates NONE = new Candidates(Kind.WORDS, List.of(), "");

    public Candidates {
        words = List.copyOf(words);
    }

    static Candidates words(List<Candidate> words) {
        return new Candidates(Kind.WORDS, words, "");
    }

    static Candidates words(String... words) {
        return words(List.of(words).stream().map(Candidate::of).toList());
    }

    static Candidates of(Kind kind) {
        return new Candidates(kind, List.of(), "");
    }

    /** Only what begins as that does. */
    Candidates continuing(String begun) {
        return new Candidates(
                kind, words.stream().filter(word -> word.continues(begun)).toList(), after);
    }

    /** The same where that text stands before it in the same word. */
    Candidates after(String text) {
        return new Candidates(kind, words.stream().map(word -> word.after(text)).toList(), text);
    }

    /** These and then those. */
    Candidates and(List<Candidate> more) {
        List<Candidate> all = new ArrayList<>(words);
        all.addAll(more);
        return new Candidates(kind, all, after);
    }
}
