package dev.homeostat.host.tree;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds trees from the events of the YAML library, with a stack of its own: no nesting can exhaust the thread's. */
final class TreeBuilder {
    private final String origin;
    private final int maxDepth;
    private final List<Problem> problems;
    private final List<Tree> documents = new ArrayList<>();
    private final Deque<Frame> stack = new ArrayDeque<>();
    private final Anchors anchors = new Anchors();

    TreeBuilder(String origin, int maxDepth, List<Problem> problems) {
        this.origin = origin;
        this.maxDepth = maxDepth;
        this.problems = problems;
    }

    /** The documents that were completed. */
    List<Tree> documents() {
        return documents;
    }

    /** @throws DocumentException when it is of no use to read on */
    void accept(Event event) {
        switch (event) {
            case DocumentStartEvent start -> anchors.beginDocument();
            case ScalarEvent scalar -> scalar(scalar);
            case AliasEvent alias -> alias(alias);
            case CollectionStartEvent start -> begin(start);
            case CollectionEndEvent end -> end();
            default -> {}
        }
    }

    private void scalar(ScalarEvent event) {
        Place place = valuePlace(event);
        Tree.Scalar scalar;
        try {
            checkTag(event.getTag(), YamlTags::isScalar, "text, numbers, true, false and null");
            scalar = Scalars.read(event, place);
        } catch (IllegalArgumentException e) {
            problem(place, String.valueOf(e.getMessage()));
            scalar = new Tree.Scalar(event.getValue(), place); // stands in, so that the rest is checked too
        }
        anchor(event.getAnchor(), scalar, 1);
        deliver(scalar, 1, here(event), event.isPlain());
    }

    private void alias(AliasEvent event) {
        Anchors.Aliased aliased = anchors.resolve(event.getAlias().getValue(), here(event));
        deliver(aliased.tree(), aliased.nodes(), here(event), false);
    }

    private void begin(CollectionStartEvent event) {
        Place place = valuePlace(event);
        if (stack.size() == maxDepth) {
            throw new DocumentException(place, "is nested more than " + maxDepth + " deep");
        }
        boolean mapping = event instanceof MappingStartEvent;
        try {
            if (mapping) {
                checkTag(event.getTag(), YamlTags::isMapping, "mappings");
            } else {
                checkTag(event.getTag(), YamlTags::isSequence, "lists");
            }
        } catch (IllegalArgumentException e) {
            problem(place, String.valueOf(e.getMessage()));
        }
        String anchor = event.getAnchor().map(Anchor::getValue).orElse(null);
        if (anchor != null) {
            anchors.open(anchor);
        }
        stack.push(mapping ? new MappingFrame(place, anchor, problems) : new SequenceFrame(place, anchor));
    }

    private void end() {
        Frame frame = stack.pop();
        Tree tree = frame.tree();
        if (frame.anchor() != null) {
            anchors.complete(frame.anchor(), tree, frame.nodes());
        }
        deliver(tree, frame.nodes(), frame.place(), false);
    }

    private void deliver(Tree tree, long nodes, Place place, boolean plain) {
        Frame frame = stack.peek();
        if (frame == null) {
            documents.add(tree);
        } else {
            frame.add(tree, nodes, place, plain);
        }
    }

    private void anchor(Optional<Anchor> anchor, Tree tree, long nodes) {
        anchor.ifPresent(name -> anchors.complete(name.getValue(), tree, nodes));
    }

    /** A value belongs to the line of its key: that is where a person looks. */
    private Place valuePlace(Event event) {
        Frame frame = stack.peek();
        Place key = frame == null ? null : frame.keyPlace();
        return key == null ? here(event) : key;
    }

    private Place here(Event event) {
        return new Place(
                origin, event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
    }

    private void problem(Place place, String message) {
        problems.add(new Problem(place, message));
    }

    private static void checkTag(Optional<String> tag, Predicate<String> known, String what) {
        if (tag.isPresent() && !known.test(tag.get())) {
            throw new IllegalArgumentException(
                    "tag " + YamlTags.shown(tag.get()) + " is refused; leave it out, " + what + " need none");
        }
    }
}
