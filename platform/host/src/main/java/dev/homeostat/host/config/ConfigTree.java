package dev.homeostat.host.config;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration that is being put together: the file's tree, into which stronger values are put. Used by one thread. */
final class ConfigTree {
    private Tree.Mapping root;

    ConfigTree(Tree.Mapping file) {
        this.root = file;
        if (!file.entries().containsKey("plugins")) {
            put(
                    List.of("plugins"),
                    new Tree.Mapping(Map.of(), new Place(file.place().origin(), 0)));
        }
    }

    /** Puts a value where the path leads, in place of what is there. */
    void put(List<String> path, Tree value) {
        root = put(root, path, value);
    }

    Tree.Mapping toTree() {
        return root;
    }

    /** A document with a value where the path leads, in place of what is there. */
    static Tree.Mapping put(Tree.Mapping into, List<String> path, Tree value) {
        Map<String, Tree> entries = new LinkedHashMap<>(into.entries());
        String key = path.getFirst();
        if (path.size() == 1) {
            entries.put(key, value);
        } else {
            Tree.Mapping inner = entries.get(key) instanceof Tree.Mapping mapping
                    ? mapping
                    : new Tree.Mapping(Map.of(), value.place());
            entries.put(key, put(inner, path.subList(1, path.size()), value));
        }
        return new Tree.Mapping(entries, into.place());
    }

    /** A document without what is where the path leads. */
    static Tree.Mapping without(Tree.Mapping from, List<String> path) {
        Map<String, Tree> entries = new LinkedHashMap<>(from.entries());
        String key = path.getFirst();
        if (path.size() == 1) {
            entries.remove(key);
        } else if (entries.get(key) instanceof Tree.Mapping inner) {
            entries.put(key, without(inner, path.subList(1, path.size())));
        }
        return new Tree.Mapping(entries, from.place());
    }
}
