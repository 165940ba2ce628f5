package dev.homeostat.host.control;

import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.host.control.FollowedTable.Kind;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.TableView;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells one client what changes in a table, for as long as the client listens. A client that reads slowly gets newest states: what it has not seen waits in the
 * table and not in a queue. When the table goes, because its plugin stops or is replaced, the client is told, and told again when it is back; the rows that are others
 * than before follow then. Used by one thread.
 *
 * <p>Nothing of the table, and no snapshot, is held while nothing changes; while a look is sent, the lease of the answer holds. A look that takes too long is broken
 * off, and the next one goes on from there with newer rows. One method follows the table from its coming to its going, so that nothing on the stack remembers it after that.
 */
final class TableWatch implements FollowedTable.Listener {
    /** How often a client hears from the host while nothing changes: it may wait for 90 s, and one that is gone is found out so. */
    private static final Duration BEAT = Duration.ofSeconds(10);

    /** How often it is looked whether the table is back. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** What a busy table is given to change on between two looks. */
    private static final Duration SETTLE = Duration.ofMillis(50);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final HostView view;
    private final Directory directory;
    private final String table;
    private final RowFilter filter;
    private final long limit;
    private final Items items;

    private long known;
    private long count;

    /** @param limit the number of changes after which it ends */
    TableWatch(HostView view, String table, RowFilter filter, long limit, Items items) {
        this.view = view;
        this.directory = new Directory(view);
        this.table = table;
        this.filter = filter;
        this.limit = limit;
        this.items = items;
    }

    /**
     * Ends when the limit is reached, else never.
     *
     * @param initial whether the rows that are there already count as changes
     */
    ObjectNode run(boolean initial) throws ControlException, IOException, InterruptedException {
        known = initial ? 0 : revision();
        while (!isLimitReached()) {
            try {
                follow();
            } catch (TableRemovedException e) {
                awaitTable();
            }
        }
        return now().put("table", table).put("revision", known).put("count", count);
    }

    /** The table's revision as of now; a method of its own, so that nothing on the stack remembers the table. */
    private long revision() {
        return find().map(present -> present.table().revision(view.database().readTxn()))
                .orElse(0L);
    }

    private void follow() throws ControlException, IOException, InterruptedException {
        TableView present = find().orElseThrow(() -> new TableRemovedException(table));
        try (FollowedTable<?> followed = followed(present.table())) {
            while (true) {
                boolean complete = followed.look(known, directory.reconcilersOf(table), this);
                known = Math.max(known, followed.revision());
                if (isLimitReached()) {
                    return;
                }
                if (complete) {
                    beat();
                    while (!followed.await(BEAT)) {
                        beat();
                    }
                    Thread.sleep(SETTLE);
                } else {
                    items.rest();
                }
            }
        }
    }

    private <T> FollowedTable<T> followed(Table<T> present) {
        return new FollowedTable<>(present, view.database());
    }

    private void awaitTable() throws ControlException, IOException, InterruptedException {
        tell("table-gone", "table \"" + table + "\" is gone: its plugin stopped, or is being replaced");
        long beaten = view.scheduler().nanoTime();
        do {
            Thread.sleep(LOOK);
            if (view.scheduler().nanoTime() - beaten > BEAT.toNanos()) {
                beat();
                beaten = view.scheduler().nanoTime();
            }
        } while (find().isEmpty());
        tell(
                "table-back",
                "table \"" + table + "\" is back; rows that were deleted meanwhile are not told of, only those that"
                        + " are other ones now");
    }

    /** The table, while the database has it: what the host shows of its plugins may be a moment old. */
    private Optional<TableView> find() {
        return view.tables().stream()
                .filter(one -> one.table().name().equals(table))
                .filter(one -> one.table().equals(view.database().table(table)))
                .findFirst();
    }

    /** All that there is was told. */
    private void beat() throws ControlException, IOException {
        items.item(now().put("change", "none").put("revision", known));
        items.rest();
    }

    private void tell(String change, String message) throws ControlException, IOException {
        items.item(now().put("change", change).put("message", message));
        items.rest();
    }

    @Override
    public void held() throws ControlException {
        if (!items.isOver()) {
            items.hold();
        }
    }

    @Override
    public boolean isEnough() {
        return isLimitReached() || items.isOver();
    }

    @Override
    public void change(Kind kind, long revision, JoinedRow row) throws ControlException, IOException {
        if (!filter.wants(row)) {
            return;
        }
        ObjectNode item = now().put("change", kind.name().toLowerCase(Locale.ROOT));
        item.setAll(ViewJson.row(row));
        if (kind == Kind.DELETE) {
            item.put("deleted", true).put("revision", revision);
        }
        items.item(item);
        count++;
    }

    private boolean isLimitReached() {
        return count >= limit;
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }
}
