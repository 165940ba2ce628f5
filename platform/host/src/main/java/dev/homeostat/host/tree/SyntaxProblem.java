package dev.homeostat.host.tree;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Errors of the YAML library in one line for a person. */
final class SyntaxProblem {
    private SyntaxProblem() {}

    static Problem of(YamlEngineException error, String origin, String text) {
        return switch (error) {
            case MarkedYamlEngineException marked -> marked(marked, origin);
            case ReaderException character -> character(character, origin, text);
            default ->
                new Problem(new Place(origin, 0), "is not valid YAML: " + oneLine(String.valueOf(error.getMessage())));
        };
    }

    private static Problem marked(MarkedYamlEngineException error, String origin) {
        Optional<Mark> mark = error.getProblemMark().or(error::getContextMark);
        int line = mark.map(at -> at.getLine() + 1).orElse(0);
        String column = mark.map(at -> " (column " + (at.getColumn() + 1) + ")").orElse("");
        return new Problem(
                new Place(origin, line),
                "is not valid YAML: " + oneLine(error.getProblem()) + column + context(error, line));
    }

    private static String context(MarkedYamlEngineException error, int line) {
        String context = error.getContext();
        if (context == null || context.isBlank()) {
            return "";
        }
        String since = error.getContextMark()
                .map(mark -> mark.getLine() + 1)
                .filter(begin -> begin != line)
                .map(begin -> " that begins in line " + begin)
                .orElse("");
        return ", " + oneLine(context) + since;
    }

    private static Problem character(ReaderException error, String origin, String text) {
        int end = text.offsetByCodePoints(0, Math.min(error.getPosition(), text.codePointCount(0, text.length())));
        int line =
                1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
        return new Problem(
                new Place(origin, line),
                "is not valid YAML: the character U+%04X is not allowed; in double quotes it can be written as \"\\u%04X\""
                        .formatted(error.getCodePoint(), error.getCodePoint()));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
