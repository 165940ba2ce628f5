package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Secret;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps the values of a text that cannot be read as a document out of the messages about it: a password that begins with {@code *} is an alias for YAML, which names it.
 *
 * @param lines of the text
 */
record Redaction(List<String> lines) {
    private static final int SHORTEST = 3;

    static Redaction of(String text) {
        return new Redaction(text.lines().toList());
    }

    /** What the reader gives; what it throws tells nothing of a value in the line where it happened. */
    <V> V reading(Supplier<V> reader) {
        try {
            return reader.get();
        } catch (DocumentException e) {
            throw new DocumentException(
                    e.problems().stream().map(this::redacted).toList());
        }
    }

    private Problem redacted(Problem problem) {
        int line = problem.place().line();
        if (line < 1 || line > lines.size()) {
            return problem;
        }
        String text = lines.get(line - 1);
        int colon = text.indexOf(':');
        String message = problem.message();
        for (String word : text.substring(colon + 1).split("[\\s,\\[\\]{}]+")) {
            for (String part : List.of(word, word.replaceAll("^[\\p{Punct}]+|[\\p{Punct}]+$", ""))) {
                if (part.length() >= SHORTEST) {
                    message = message.replace(part, Secret.SHOWN);
                }
            }
        }
        return new Problem(problem.place(), message);
    }
}
