package dev.homeostat.host.tree;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML 1.2 with its core schema, and JSON, which is a part of it. All that is wrong is reported at once, up to the first error of syntax.
 *
 * <p>What it takes from an untrusted file is bounded: the characters of a text, the depth of nesting, and the nodes that aliases stand for.
 */
public final class YamlReader implements DocumentReader {
    /** The largest text that is read, in characters. */
    static final int MAX_CHARACTERS = 16 * 1024 * 1024;

    /** The deepest nesting that is read; those who walk a tree may recurse. */
    static final int MAX_DEPTH = 100;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int OWN_NESTING = 10;

    private final int maxCharacters;
    private final int maxDepth;

    /** For text from anybody. */
    public YamlReader() {
        this(MAX_CHARACTERS, MAX_DEPTH);
    }

    private YamlReader(int maxCharacters, int maxDepth) {
        this.maxCharacters = maxCharacters;
        this.maxDepth = maxDepth;
    }

    /** For what the host wrote itself: of any length, and with a few levels around a document that was read before. */
    public static YamlReader ofOwnFiles() {
        return new YamlReader(Integer.MAX_VALUE, MAX_DEPTH + OWN_NESTING);
    }

    @Override
    public List<Tree> read(String origin, String text) {
        if (text.length() > maxCharacters) {
            throw new DocumentException(
                    new Place(origin, 0),
                    "is too large: " + text.length() + " characters, where at most " + maxCharacters
                            + " are read; split it");
        }
        String plain = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        List<Problem> problems = new ArrayList<>();
        TreeBuilder builder = new TreeBuilder(origin, maxDepth, problems);
        try {
            LoadSettings settings = settings(origin);
            Iterator<Event> events = new ParserImpl(settings, new StreamReader(settings, plain));
            while (events.hasNext()) {
                builder.accept(events.next());
            }
        } catch (YamlEngineException e) {
            problems.add(SyntaxProblem.of(e, origin, plain));
        } catch (DocumentException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new DocumentException(problems.stream()
                    .sorted(Comparator.comparingInt(problem -> problem.place().line()))
                    .toList());
        }
        return builder.documents();
    }

    private LoadSettings settings(String origin) {
        return LoadSettings.builder()
                .setLabel(origin)
                .setCodePointLimit(maxCharacters)
                .setUseMarks(true)
                .build();
    }
}
