package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docs/command-json.md} promises.
 *
 * @param answers by the words of the commands, what they print
 * @param tables by their names, the types of their fields; of a field that may be missing, the name ends in a question mark
 */
record JsonPage(Map<String, String> answers, Map<String, Map<String, String>> tables) {
    private static final Path PAGE = Path.of("..", "..", "docs", "command-json.md");
    private static final Pattern COMMAND = Pattern.compile("\\| `homeostat ([^`]+)` \\| `([^`]+)`(.*) \\|");
    private static final Pattern FIELD = Pattern.compile("\\| `([^`]+)`(\\??) \\| ([^|]+) \\|.*\\|");
    private static final Set<String> SIMPLE = Set.of("text", "number", "flag", "time", "document");

    static JsonPage read() {
        Map<String, String> answers = new LinkedHashMap<>();
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        Map<String, String> table = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(PAGE)) {
                Matcher command = COMMAND.matcher(line);
                Matcher field = FIELD.matcher(line);
                if (line.startsWith("### ")) {
                    table = new LinkedHashMap<>();
                    tables.put(line.substring(4), table);
                } else if (command.matches()) {
                    answers.put(command.group(1), command.group(2) + command.group(3));
                } else if (field.matches()) {
                    table.put(field.group(1) + field.group(2), field.group(3).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JsonPage(answers, tables);
    }

    Set<String> commands() {
        return answers.keySet();
    }

    /** The command of the page that these words are: of several, that with the most words. */
    String command(String name, List<String> words) {
        return answers.keySet().stream()
                .filter(each -> each.equals(name) || each.startsWith(name + " --"))
                .filter(each -> words.containsAll(List.of(each.split(" "))))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new AssertionError("docs/command-json.md does not have \"" + name + "\""));
    }

    /** Whether each line that the command prints is a document. */
    boolean isInLines(String command) {
        return answers.getOrDefault(command, "").contains("in each line");
    }

    void check(String command, @Nullable Object document) {
        check("homeostat " + command, answers.getOrDefault(command, "").split(" ")[0], document);
    }

    private void check(String where, String type, @Nullable Object value) {
        if (type.endsWith(" or null")) {
            if (value != null) {
                check(where, type.substring(0, type.length() - 8), value);
            }
        } else if (type.startsWith("list of ")) {
            assertThat(value).as(where).isInstanceOf(List.class);
            if (value instanceof List<?> list) {
                list.forEach(each -> check(where + "[]", type.substring(8), each));
            }
        } else if (type.endsWith(" by name")) {
            fields(where, value)
                    .forEach((name, each) -> check(where + "." + name, type.substring(0, type.length() - 8), each));
        } else if (SIMPLE.contains(type)) {
            simple(where, type, value);
        } else {
            table(where, type, fields(where, value));
        }
    }

    private static void simple(String where, String type, @Nullable Object value) {
        switch (type) {
            case "number" -> assertThat(value).as(where).isInstanceOf(Number.class);
            case "flag" -> assertThat(value).as(where).isInstanceOf(Boolean.class);
            case "document" -> assertThat(value).as(where).isNotNull();
            default -> assertThat(value).as(where).isInstanceOf(String.class);
        }
        if (type.equals("time")) {
            assertThat(Instant.parse(String.valueOf(value))).as(where).isNotNull();
        }
    }

    private void table(String where, String name, Map<?, ?> fields) {
        Map<String, String> table = tables.get(name);
        assertThat(table)
                .as("the table \"%s\" of docs/command-json.md, for %s", name, where)
                .isNotNull();
        if (table == null) {
            return;
        }
        List<String> names = new ArrayList<>();
        table.forEach((field, type) -> {
            String plain = field.replace("?", "");
            names.add(plain);
            if (fields.containsKey(plain)) {
                check(where + "." + plain, type, fields.get(plain));
            } else {
                assertThat(field)
                        .as("%s lacks what docs/command-json.md promises", where)
                        .endsWith("?");
            }
        });
        assertThat(names)
                .as("fields of \"%s\" in docs/command-json.md, and what %s has", name, where)
                .containsAll(fields.keySet().stream().map(String::valueOf).toList());
    }

    private static Map<?, ?> fields(String where, @Nullable Object value) {
        assertThat(value).as(where).isInstanceOf(Map.class);
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Tables that nothing has. */
    Set<String> unused() {
        Set<String> unused = new TreeSet<>(tables.keySet());
        answers.values().forEach(answer -> unused.remove(answer.split(" ")[0]));
        tables.values()
                .forEach(table -> table.values()
                        .forEach(type -> unused.remove(type.replace("list of ", "")
                                .replace(" or null", "")
                                .replace(" by name", ""))));
        return unused;
    }
}
