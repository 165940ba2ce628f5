package dev.homeostat.host.tree;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that is being read. */
final class SequenceFrame implements Frame {
    private final Place place;
    private final @Nullable String anchor;
    private final List<Tree> items = new ArrayList<>();
    private long nodes = 1;

    SequenceFrame(Place place, @Nullable String anchor) {
        this.place = place;
        this.anchor = anchor;
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
        return null;
    }

    @Override
    public void add(Tree tree, long added, Place at, boolean plain) {
        items.add(tree);
        nodes += added;
    }

    @Override
    public long nodes() {
        return nodes;
    }

    @Override
    public Tree tree() {
        return new Tree.Sequence(items, place);
    }
}
