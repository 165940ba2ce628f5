package dev.homeostat.host.control;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.HostView;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is in the tables. Each answer is as of one snapshot, which is let go when the answer is complete. */
final class TableMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> ONE = Set.of("table", "key", "index");
    private static final Set<String> QUERY = Set.of("table", "key", "index", "where", "limit");

    private final HostView view;
    private final Directory directory;

    TableMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
    }

    List<Method> methods() {
        return List.of(
                Method.asks("db.show", Set.of("table", "where", "limit"), this::show),
                Method.asks("db.get", ONE, (params, items) -> get(directory.table(params.text("table")), params)),
                Method.asks("db.list", QUERY, (params, items) -> query(params, items, TableReader::ofKey)),
                Method.asks("db.prefix", QUERY, (params, items) -> query(params, items, TableReader::prefix)),
                Method.asks("db.lowerbound", QUERY, (params, items) -> query(params, items, TableReader::lowerBound)),
                Method.asks("db.dump", Set.of("table", "where", "limit"), this::dump));
    }

    private ObjectNode show(Params params, Items items) throws ControlException, IOException {
        TableReader<?> table = directory.table(params.text("table"));
        ReadTxn txn = view.database().readTxn();
        ObjectNode json = now();
        return json.setAll(send(table, txn, table.all(txn), new Part(params, items)));
    }

    private <T> ObjectNode get(TableReader<T> table, Params params) throws ControlException {
        String text = params.text("key");
        String indexName = params.optionalText("index");
        Index<T, ?> index = table.index(indexName);
        ReadTxn txn = view.database().readTxn();
        JoinedRow row =
                indexName == null ? table.one(txn, table.key(text)) : table.first(txn, table.ofKey(index, text));
        if (row == null) {
            throw table.unknown(txn, text);
        }
        ObjectNode json = now().put("table", table.name());
        json.set("row", ViewJson.row(row));
        return json.put("owner", owner(table, row.key()));
    }

    private @Nullable String owner(TableReader<?> table, String key) {
        try {
            return ViewJson.owner(view.rows().ownerOf(table.name(), table.key(key)));
        } catch (ControlException e) {
            return null; // its key type does not read what it writes: no row of a source has such a key
        }
    }

    private ObjectNode query(Params params, Items items, QueryMaker maker) throws ControlException, IOException {
        return query(directory.table(params.text("table")), params, items, maker);
    }

    private <T> ObjectNode query(TableReader<T> table, Params params, Items items, QueryMaker maker)
            throws ControlException, IOException {
        Query<T> query = maker.query(table, table.index(params.optionalText("index")), params.text("key"));
        ReadTxn txn = view.database().readTxn();
        ObjectNode json = now();
        return json.setAll(send(table, txn, table.matching(txn, query), new Part(params, items)));
    }

    private ObjectNode dump(Params params, Items items) throws ControlException, IOException {
        String only = params.optionalText("table");
        List<TableReader<?>> tables = directory.tables(only);
        Part part = new Part(items, true, RowFilter.of(params.list("where")), params.count("limit", Long.MAX_VALUE));
        if (only == null && !part.isWhole()) {
            throw new ControlException(
                    Code.BAD_PARAMS, "where and limit choose rows of one table, and none is named", "name the table");
        }
        ReadTxn txn = view.database().readTxn();
        ArrayNode sent = JSON.arrayNode();
        ObjectNode json = now();
        for (TableReader<?> table : tables) {
            sent.add(send(table, txn, table.all(txn), part));
        }
        json.set("tables", sent);
        return json;
    }

    /**
     * Which of the rows are sent, and how.
     *
     * @param named whether each says of which table it is
     */
    private record Part(Items items, boolean named, RowFilter filter, long limit) {
        Part(Params params, Items items) throws ControlException {
            this(items, false, RowFilter.of(params.list("where")), params.count("limit", Long.MAX_VALUE));
        }

        /** Whether it is all rows. */
        boolean isWhole() {
            return limit == Long.MAX_VALUE && filter.isAll();
        }
    }

    private static ObjectNode send(TableReader<?> table, ReadTxn txn, Iterator<JoinedRow> rows, Part part)
            throws ControlException, IOException {
        long count = 0;
        while (count < part.limit() && rows.hasNext()) {
            part.items().hold();
            JoinedRow row = rows.next();
            if (part.filter().wants(row)) {
                ObjectNode item = JSON.objectNode();
                if (part.named()) {
                    item.put("table", table.name());
                }
                part.items().item(item.setAll(ViewJson.row(row)));
                count++;
            }
        }
        part.filter().check(table.name());
        ObjectNode json = JSON.objectNode()
                .put("table", table.name())
                .put("revision", table.revision(txn))
                .put("count", count);
        return count == part.limit() && rows.hasNext() ? json.put("limited", true) : json;
    }

    private ObjectNode now() {
        return JSON.objectNode().put("now", view.scheduler().instant().toString());
    }

    /** The search functions of a reader, as one type. */
    @FunctionalInterface
    private interface QueryMaker {
        <T> Query<T> query(TableReader<T> table, Index<T, ?> index, String text) throws ControlException;
    }
}
