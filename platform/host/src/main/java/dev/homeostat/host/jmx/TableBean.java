package dev.homeostat.host.jmx;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Table;
import dev.homeostat.host.mxbean.TableMXBean;
import dev.homeostat.host.view.TableView;
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
    public String[] getPendingInitializers() {
        return table.pendingInitializers(database.readTxn()).toArray(String[]::new);
    }

    @Override
    public String[] getIndexes() {
        return table.spec().indexes().stream().map(Index::toString).toArray(String[]::new);
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
    public String get(String key) {
        return calls.call("db.get", params().put("key", key));
    }

    @Override
    public String prefix(String index, String key) {
        ObjectNode params = params().put("key", key);
        return calls.rows("db.prefix", index.isEmpty() ? params : params.put("index", index));
    }

    @Override
    public String explain(String key) {
        return calls.call("explain", params().put("key", key));
    }

    private ObjectNode params() {
        return Calls.params().put("table", table.name());
    }
}
