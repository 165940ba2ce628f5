package dev.homeostat.api.tree;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where in a document a decoder is, and all that it found wrong so far. Used by one thread. */
final class Decoding {
    private final String path;
    private final List<Problem> problems;
    private final @Nullable Consumer<String> dropped;

    /** Unknown keys are problems. */
    Decoding(String path, List<Problem> problems) {
        this(path, problems, null);
    }

    /** @param dropped takes the unknown keys; null when they are problems */
    Decoding(String path, List<Problem> problems, @Nullable Consumer<String> dropped) {
        this.path = path;
        this.problems = problems;
        this.dropped = dropped;
    }

    /** Whether that unknown key is left out, which is noted. */
    boolean drops(String key) {
        if (dropped != null) {
            dropped.accept(below(key));
        }
        return dropped != null;
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** One key further down. */
    Decoding key(String key) {
        return new Decoding(below(key), problems, dropped);
    }

    /** One list item further down, counted from 0. */
    Decoding item(int index) {
        return new Decoding(path + "[" + index + "]", problems, dropped);
    }

    /** The same place, with a list of problems of its own. */
    Decoding collecting(List<Problem> own) {
        return new Decoding(path, own, dropped);
    }

    /** The value here is wrong. */
    void problem(Place place, String message) {
        problems.add(new Problem(place, path.isEmpty() ? message : path + ": " + message));
    }

    /** The value here is of the wrong kind. */
    void unexpected(Tree found, String expected) {
        problem(found.place(), "expected " + expected + ", but found " + Found.describe(found));
    }

    /** Takes over problems that were found by somebody else, who named their place. */
    void problems(List<Problem> more) {
        problems.addAll(more);
    }

    /** Throws all problems, ordered by line. */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new DocumentException(problems.stream()
                    .sorted(Comparator.comparingInt(problem -> problem.place().line()))
                    .toList());
        }
    }
}
