package dev.homeostat.host.config;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.RecordField;
import dev.homeostat.api.tree.RecordField.Form;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.disk.DiskReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts into a document the secrets that stand in files of their own: where the record has a secret {@code password}, the key {@code password-file} names the file
 * whose text it is, without the end of its last line. Used by one thread.
 */
final class SecretFiles {
    /** What is put behind the key of a secret to name its file. */
    static final String SUFFIX = "-file";

    private static final long LONGEST = 64 * 1024;

    private final Path home;
    private final List<Problem> problems;
    private final List<Path> files = new ArrayList<>();

    /** @param problems takes what is wrong */
    SecretFiles(Path home, List<Problem> problems) {
        this.home = home;
        this.problems = problems;
    }

    /** The files that were named, also those that could not be read. */
    List<Path> files() {
        return files;
    }

    /** The document with the secrets of all files that it names. */
    Tree resolve(Tree tree, List<RecordField> fields) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            return tree;
        }
        Map<String, Tree> entries = new LinkedHashMap<>(mapping.entries());
        for (RecordField field : fields) {
            Tree value = entries.get(field.key());
            String fileKey = field.key() + SUFFIX;
            if (field.form() == Form.SECRET && entries.containsKey(fileKey) && !isKnown(fileKey, fields)) {
                Tree named = entries.remove(fileKey);
                if (value == null) {
                    entries.put(field.key(), named(field.key(), named));
                } else {
                    problems.add(new Problem(
                            named.place(), field.key() + " and " + fileKey + " are both given: leave one of them out"));
                }
            } else if (value != null && !field.fields().isEmpty()) {
                entries.put(field.key(), inside(value, field));
            }
        }
        return new Tree.Mapping(entries, mapping.place());
    }

    private static boolean isKnown(String key, List<RecordField> fields) {
        return fields.stream().anyMatch(field -> field.key().equals(key));
    }

    private Tree inside(Tree value, RecordField field) {
        return switch (value) {
            case Tree.Sequence list
            when field.form() == Form.LIST ->
                new Tree.Sequence(
                        list.items().stream()
                                .map(item -> resolve(item, field.fields()))
                                .toList(),
                        list.place());
            case Tree.Mapping map
            when field.form() == Form.MAP -> {
                Map<String, Tree> entries = new LinkedHashMap<>();
                map.entries().forEach((key, one) -> entries.put(key, resolve(one, field.fields())));
                yield new Tree.Mapping(entries, map.place());
            }
            default -> field.form() == Form.RECORD ? resolve(value, field.fields()) : value;
        };
    }

    private Tree named(String key, Tree file) {
        if (file instanceof Tree.Scalar scalar && scalar.value() instanceof String name) {
            Tree secret = read(key + SUFFIX, name, file.place());
            return secret == null ? hidden(file.place()) : secret;
        }
        problems.add(new Problem(
                file.place(),
                key + SUFFIX + ": expected the path of the file that has the secret, but found " + file.kind()));
        return hidden(file.place());
    }

    /** Stands for a secret that could not be read, so that it is not missing, too. */
    private static Tree hidden(Place place) {
        return new Tree.Scalar("", place);
    }

    /** The secret in that file, or null after a complaint. */
    @Nullable
    Tree read(String key, String name, Place place) {
        try {
            Path file = home.resolve(name);
            files.add(file);
            if (Files.size(file) > LONGEST) {
                problems.add(new Problem(place, key + ": " + file + " is too large for a secret"));
                return null;
            }
            String text = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
            if (text.isEmpty()) {
                problems.add(new Problem(place, key + ": " + file + " is empty"));
                return null;
            }
            return new Tree.Scalar(text, place);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(place, key + ": there is no file " + e.getFile()));
        } catch (InvalidPathException e) {
            problems.add(new Problem(place, key + ": this is no path of a file"));
        } catch (IOException e) {
            problems.add(new Problem(place, key + ": " + name + " cannot be read: " + DiskReason.of(e)));
        }
        return null;
    }
}
