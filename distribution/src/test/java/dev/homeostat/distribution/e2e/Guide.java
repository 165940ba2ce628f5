package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fenced blocks of a page of the documentation, in order. Each says after its language what it is, so that no block can stand there that nobody has
 * tried:
 *
 * <ul>
 *   <li>{@code sh}: commands, each of which succeeds;
 *   <li>{@code console}: commands after {@code $}, with what they show; {@code ^C} is that key. See {@link GuideStep};
 *   <li>{@code java}, {@code yaml}, {@code xml}: a file, named by the comment in the first line;
 *   <li>{@code diff}: a change of a file.
 * </ul>
 *
 * <p>A block after the line {@code <!-- not run: reason -->} is left out.
 */
final class Guide {
    private static final Pattern FENCE = Pattern.compile("( *)(`{3,}|~{3,})(.*)");
    private static final Pattern LEFT_OUT = Pattern.compile("<!-- not run: \\S.* -->");

    /**
     * One block.
     *
     * @param place the page and the line
     * @param language the first word after the fence
     * @param options the other words
     */
    record Block(String place, String language, List<String> options, List<String> lines) {
        Block {
            options = List.copyOf(options);
            lines = List.copyOf(lines);
        }

        AssertionError wrong(String problem) {
            return new AssertionError(place + ": " + problem);
        }
    }

    private Guide() {}

    /** The blocks of a page of this repository, such as {@code docs/plugins.md}. */
    static List<Block> read(String page) {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve(page))) {
            here = Objects.requireNonNull(here.getParent(), page + " is in no parent directory");
        }
        try {
            return parse(page, Files.readAllLines(here.resolve(page)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> parse(String page, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            Matcher fence = FENCE.matcher(lines.get(at));
            if (!fence.matches()) {
                continue;
            }
            int end = at + 1;
            while (end < lines.size() && !lines.get(end).strip().equals(fence.group(2))) {
                end++;
            }
            String place = page + ":" + (at + 1);
            if (end == lines.size()) {
                throw new AssertionError(place + ": the block has no end");
            }
            List<String> words = List.of(fence.group(3).strip().split(" +"));
            int indent = fence.group(1).length();
            List<String> text = lines.subList(at + 1, end).stream()
                    .map(line -> line.substring(Math.min(indent, line.length())))
                    .toList();
            if (at == 0 || !LEFT_OUT.matcher(lines.get(at - 1)).matches()) {
                blocks.add(new Block(place, words.getFirst(), words.subList(1, words.size()), text));
            }
            at = end;
        }
        return blocks;
    }
}
