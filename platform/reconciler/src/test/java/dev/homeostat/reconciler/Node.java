package dev.homeostat.reconciler;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.api.reconcile.StatusesInRow;
import org.jspecify.annotations.Nullable;

/** A row with a set of statuses, and a field for what the first of its reconcilers learns. */
record Node(
        String name, String text, String learned, @Nullable StatusSet statuses) implements Carrier<Node> {
    static final Index<Node, String> NAME = Index.unique("name", Keys.STRING, Node::name);
    static final Index<Node, String> LEARNED =
            Index.unique("learned", Keys.STRING, row -> row.learned().isEmpty() ? null : row.learned());
    static final StatusesInRow<Node> STATUSES = StatusesInRow.set(Node::statuses, Node::withStatuses);
    static final TableSpec<Node> TABLE = TableSpec.of("nodes", Node.class, NAME)
            .index(LEARNED)
            .index(STATUSES.slot("main").statusIndex())
            .statuses(STATUSES);

    /** As a user writes it: with the names that it has got already. */
    static Node desired(@Nullable Node present, String name, String text) {
        StatusSet statuses = present == null || present.statuses() == null ? StatusSet.pending() : present.statuses();
        return new Node(name, text, "", statuses.renewed());
    }

    Node withStatuses(StatusSet set) {
        return new Node(name, text, learned, set);
    }

    @Override
    public Node withLearned(String fact) {
        return new Node(name, text, fact, statuses);
    }

    @Override
    public Node withName(String another) {
        return new Node(another, text, learned, statuses);
    }

    @Override
    public Node withoutStatuses() {
        return new Node(name, text, learned, null);
    }
}
