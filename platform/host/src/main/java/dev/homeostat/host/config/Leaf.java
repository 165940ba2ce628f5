package dev.homeostat.host.config;

import dev.homeostat.api.tree.RecordField;
import dev.homeostat.api.tree.RecordField.Form;
import dev.homeostat.api.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a configuration that is a record of records.
 *
 * @param path the keys that lead to it
 * @param field what it is; no record
 */
record Leaf(List<String> path, RecordField field) {
    Leaf {
        path = List.copyOf(path);
    }

    /** All of them, in their order. */
    static List<Leaf> all(List<RecordField> fields) {
        List<Leaf> leaves = new ArrayList<>();
        add(List.of(), fields, leaves);
        return leaves;
    }

    private static void add(List<String> path, List<RecordField> fields, List<Leaf> into) {
        for (RecordField field : fields) {
            List<String> own =
                    Stream.concat(path.stream(), Stream.of(field.key())).toList();
            if (field.form() == Form.RECORD && !field.fields().isEmpty()) {
                add(own, field.fields(), into);
            } else {
                into.add(new Leaf(own, field));
            }
        }
    }

    /** The keys joined by dots. */
    String key() {
        return String.join(".", path);
    }

    /** The path of the key that names a secret's file. */
    List<String> fileKey() {
        List<String> keys = new ArrayList<>(path);
        keys.addLast(keys.removeLast() + SecretFiles.SUFFIX);
        return keys;
    }

    /** What a document has there; null when it has nothing. */
    @Nullable
    Tree in(@Nullable Tree document) {
        Tree at = document;
        for (String key : path) {
            at = at instanceof Tree.Mapping mapping ? mapping.entries().get(key) : null;
        }
        return at;
    }
}
