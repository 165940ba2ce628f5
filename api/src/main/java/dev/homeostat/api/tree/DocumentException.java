package dev.homeostat.api.tree;

import java.util.List;
import java.util.stream.Collectors;

/** A document is not as it should be; carries every problem that was found, not only the first. */
public final class DocumentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // immutable list of records; never serialized
    private final List<Problem> problems;

    /** One or more problems. */
    public DocumentException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** One problem. */
    public DocumentException(Place place, String message) {
        this(List.of(new Problem(place, message)));
    }

    /** All of the problems, in the order of their places. */
    public List<Problem> problems() {
        return problems;
    }
}
