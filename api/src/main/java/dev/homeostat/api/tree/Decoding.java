package dev.homeostat.api.tree;

import java.util.Comparator;
import java.util.List;

/** Where in a document a decoder is, and all that it found wrong so far. Used by one thread. */
final class Decoding {
    private final String path;
    private final List<Problem> problems;

    Decoding(String path, List<Problem> problems) {
        this.path = path;
        this.problems = problems;
    }

    /** One key further down. */
    Decoding key(String key) {
        return new Decoding(path.isEmpty() ? key : path + "." + key, problems);
    }

    /** One list item further down, counted from 0. */
    Decoding item(int index) {
        return new Decoding(path + "[" + index + "]", problems);
    }

    /** The same place, with a list of problems of its own. */
    Decoding collecting(List<Problem> own) {
        return new Decoding(path, own);
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
