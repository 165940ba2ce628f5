package dev.homeostat.host.control;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.host.view.HostView;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is in the tables. Each answer is as of one snapshot, which is let go when the answer is complete. */
final class TableMethods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> QUERY = Set.of("table", "key", "index");

    private final HostView view;
    private final Directory directory;

    TableMethods(HostView view) {
        this.view = view;
        this.directory = new Directory(view);
    }

    List<Method> methods() {
        return List.of(
                new Method("db.show", Set.of("table"), this::show),
                new Method("db.get", QUERY, (params, items) -> get(directory.table(params.text("table")), params)),
                new Method("db.list", QUERY, (params, items) -> query(params, items, TableReader::ofKey)),
                new Method("db.prefix", QUERY, (params, items) -> query(params, items, TableReader::prefix)),
                new Method("db.lowerbound", QUERY, (params, items) -> query(params, items, TableReader::lowerBound)),
                new Method("db.dump", Set.of("table"), this::dump));
    }

    private ObjectNode show(Params params, Items items) throws ControlException, IOException {
        TableReader<?> table = directory.table(params.text("table"));
        ReadTxn txn = view.database().readTxn();
        ObjectNode json = now();
        return json.setAll(send(table, txn, table.all(txn), items, false));
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
        return json;
    }

    private ObjectNode query(Params params, Items items, QueryMaker maker) throws ControlException, IOException {
        return query(directory.table(params.text("table")), params, items, maker);
    }

    private <T> ObjectNode query(TableReader<T> table, Params params, Items items, QueryMaker maker)
            throws ControlException, IOException {
        Query<T> query = maker.query(table, table.index(params.optionalText("index")), params.text("key"));
        ReadTxn txn = view.database().readTxn();
        ObjectNode json = now();
        return json.setAll(send(table, txn, table.matching(txn, query), items, false));
    }

    private ObjectNode dump(Params params, Items items) throws ControlException, IOException {
        List<TableReader<?>> tables = directory.tables(params.optionalText("table"));
        ReadTxn txn = view.database().readTxn();
        ArrayNode sent = JSON.arrayNode();
        ObjectNode json = now();
        for (TableReader<?> table : tables) {
            sent.add(send(table, txn, table.all(txn), items, true));
        }
        json.set("tables", sent);
        return json;
    }

    private static ObjectNode send(
            TableReader<?> table, ReadTxn txn, Iterator<JoinedRow> rows, Items items, boolean nameTable)
            throws ControlException, IOException {
        long count = 0;
        while (rows.hasNext()) {
            ObjectNode item = JSON.objectNode();
            if (nameTable) {
                item.put("table", table.name());
            }
            items.item(item.setAll(ViewJson.row(rows.next())));
            count++;
        }
        return JSON.objectNode()
                .put("table", table.name())
                .put("revision", table.revision(txn))
                .put("count", count);
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
