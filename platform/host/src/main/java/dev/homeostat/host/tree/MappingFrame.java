package dev.homeostat.host.tree;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping that is being read: keys and values come in turn. */
final class MappingFrame implements Frame {
    private static final String MERGE = "<<";

    private final Place place;
    private final @Nullable String anchor;
    private final List<Problem> problems;
    private final Map<String, Tree> entries = new LinkedHashMap<>();
    private final Map<String, Place> keyPlaces = new HashMap<>();
    private @Nullable String key;
    private @Nullable Place keyPlace;
    private long nodes = 1;

    MappingFrame(Place place, @Nullable String anchor, List<Problem> problems) {
        this.place = place;
        this.anchor = anchor;
        this.problems = problems;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public @Nullable String anchor() {
        return anchor;
    }

    @Override
    public @Nullable Place keyPlace() {
        return keyPlace;
    }

    @Override
    public void add(Tree tree, long added, Place at, boolean plain) {
        nodes += added;
        if (keyPlace == null) {
            keyPlace = at;
            key = key(tree, at, plain);
            return;
        }
        if (key != null) {
            entries.putIfAbsent(key, tree);
        }
        key = null;
        keyPlace = null;
    }

    @Override
    public long nodes() {
        return nodes;
    }

    @Override
    public Tree tree() {
        return new Tree.Mapping(entries, place);
    }

    /** The key as text, or null after a complaint. */
    private @Nullable String key(Tree tree, Place at, boolean plain) {
        if (!(tree instanceof Tree.Scalar scalar)) {
            return refused(at, "a key must be text, but this one is " + tree.kind());
        }
        if (!(scalar.value() instanceof String text)) {
            String written = scalar.written() == null ? "" : scalar.written();
            return refused(
                    at,
                    "a key must be text, but " + (written.isEmpty() ? "this one" : written) + " is " + scalar.kind()
                            + "; write it in quotes: \"" + written + "\"");
        }
        if (plain && text.equals(MERGE)) {
            return refused(at, "merge keys (<<) are no part of YAML 1.2; write the keys out");
        }
        Place first = keyPlaces.putIfAbsent(text, at);
        if (first != null) {
            return refused(
                    at, "key \"" + text + "\" is there twice, in line " + first.line() + " and in line " + at.line());
        }
        return text;
    }

    private @Nullable String refused(Place at, String message) {
        problems.add(new Problem(at, message));
        return null;
    }
}
