package dev.homeostat.cli.complete;

/**
 * A word that may stand where the cursor is.
 *
 * @param word the whole word, without quotes
 * @param meaning what it is, in a few words; may be empty
 * @param whole whether nothing is to be added to it, so that a blank may follow
 */
public record Candidate(String word, String meaning, boolean whole) {
    static Candidate of(String word, String meaning) {
        return new Candidate(word, meaning, true);
    }

    static Candidate of(String word) {
        return of(word, "");
    }

    /** Whether somebody who typed this may have meant that word. */
    boolean continues(String begun) {
        return word.startsWith(begun);
    }

    /** The same after that text, such as {@code --output=}. */
    Candidate after(String text) {
        return text.isEmpty() ? this : new Candidate(text + word, meaning, whole);
    }
}
