package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;

/** The answer to a query in one state of a table. */
final class QueryRows<T> implements Rows<T> {
    private final ReadTxn txn;
    private final TableState<T> state;
    private final Query<T> query;
    private final int position;

    QueryRows(ReadTxn txn, TableState<T> state, Query<T> query, int position) {
        this.txn = txn;
        this.state = state;
        this.query = query;
        this.position = position;
    }

    @Override
    public Iterator<Row<T>> iterator() {
        return state.table().indexes()[position].rows(state.trees()[position], query);
    }

    @Override
    public long count() {
        long count = 0;
        for (Iterator<Row<T>> rows = iterator(); rows.hasNext(); rows.next()) {
            count++;
        }
        return count;
    }

    @Override
    public Watch watch() {
        return state.table().watch(txn, state, query, position);
    }
}
