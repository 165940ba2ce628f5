package dev.homeostat.reconciler;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.api.reconcile.StatusesInRow;

/** A row with a set of statuses. */
record Node(String name, String text, StatusSet statuses) {
    static final Index<Node, String> NAME = Index.unique("name", Keys.STRING, Node::name);
    static final StatusesInRow<Node> STATUSES = StatusesInRow.set(Node::statuses, Node::withStatuses);
    static final TableSpec<Node> TABLE = TableSpec.of("nodes", Node.class, NAME)
            .index(STATUSES.slot("main").statusIndex())
            .statuses(STATUSES);

    Node withStatuses(StatusSet set) {
        return new Node(name, text, set);
    }
}
