package dev.homeostat.host.jmx;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Table;
import dev.homeostat.host.mxbean.TableMXBean;
import dev.homeostat.host.view.TableView;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** See {@link TableMXBean}. */
final class TableBean implements TableMXBean {
    private final Table<?> table;
    private final String plugin;
    private final Database database;
    private final Calls calls;

    TableBean(TableView view, Database database, Calls calls) {
        this.table = view.table();
        this.plugin = view.plugin();
        this.database = database;
        this.calls = calls;
    }

    @Override
    public String getName() {
        return table.name();
    }

    @Override
    public String getPlugin() {
        return plugin;
    }

    @Override
    public long getObjects() {
        return table.stats().objects();
    }

    @Override
    public long getRevision() {
        return table.stats().revision();
    }

    @Override
    public boolean isInitialized() {
        return table.initialized(database.readTxn());
    }

    @Override
    public List<String> getPendingInitializers() {
        return List.copyOf(table.pendingInitializers(database.readTxn()));
    }

    @Override
    public List<String> getIndexes() {
        return table.spec().indexes().stream().map(Index::toString).toList();
    }

    @Override
    public boolean isAcceptsSources() {
        return table.spec().acceptsSources();
    }

    @Override
    public long getGraveyard() {
        return table.stats().graveyard();
    }

    @Override
    public long getLowWatermark() {
        return table.stats().lowWatermark();
    }

    @Override
    public int getChangeIterators() {
        return table.stats().changeIterators();
    }

    @Override
    public String show() {
        return calls.rows("db.show", params());
    }

    @Override
    public String show(String where, int limit) {
        return calls.rows("db.show", some(params(), where, limit));
    }

    @Override
    public String dump() {
        return calls.rows("db.dump", params());
    }

    @Override
    public String get(String key) {
        return calls.call("db.get", params().put("key", key));
    }

    @Override
    public String get(String index, String key) {
        return calls.call("db.get", params(index, key));
    }

    @Override
    public String keys(String index, String prefix) {
        return calls.call("db.keys", Calls.putGiven(params(), "index", index).put("prefix", prefix));
    }

    @Override
    public String list(String index, String key) {
        return calls.rows("db.list", params(index, key));
    }

    @Override
    public String list(String index, String key, String where, int limit) {
        return calls.rows("db.list", some(params(index, key), where, limit));
    }

    @Override
    public String prefix(String index, String key) {
        return calls.rows("db.prefix", params(index, key));
    }

    @Override
    public String prefix(String index, String key, String where, int limit) {
        return calls.rows("db.prefix", some(params(index, key), where, limit));
    }

    @Override
    public String lowerBound(String index, String key) {
        return calls.rows("db.lowerbound", params(index, key));
    }

    @Override
    public String lowerBound(String index, String key, String where, int limit) {
        return calls.rows("db.lowerbound", some(params(index, key), where, limit));
    }

    @Override
    public String insert(String document) {
        return calls.rows("db.insert", params().put("document", document));
    }

    @Override
    public String delete(String key) {
        return calls.call("db.delete", params().put("key", key));
    }

    @Override
    public String explain(String key) {
        return calls.call("explain", params().put("key", key));
    }

    private static ObjectNode some(ObjectNode params, String where, int limit) {
        if (!where.isEmpty()) {
            params.putArray("where").add(where);
        }
        return params.put("limit", limit);
    }

    private ObjectNode params(String index, String key) {
        return Calls.putGiven(params(), "index", index).put("key", key);
    }

    private ObjectNode params() {
        return Calls.params().put("table", table.name());
    }
}
