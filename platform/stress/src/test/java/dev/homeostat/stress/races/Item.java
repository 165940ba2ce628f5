package dev.homeostat.stress.races;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.TableSpec;

/** The row that is raced with. */
public record Item(long id, int value) {
    /** By id: the primary key. */
    public static final Index<Item, Long> ID = Index.uniqueLong("id", Item::id);

    /** One table. */
    public static final TableSpec<Item> LEFT = TableSpec.of("left", Item.class, ID);

    static final TableSpec<Item> RIGHT = TableSpec.of("right", Item.class, ID);

    /** The value of the row with that id, or -1 where there is none. */
    public static int value(RWTable<Item> table, ReadTxn txn, long id) {
        Row<Item> row = table.get(txn, ID.query(id));
        return row == null ? -1 : row.value().value();
    }

    /** The rows, counted one by one. */
    static int walk(Rows<Item> rows) {
        int count = 0;
        for (Row<Item> row : rows) {
            count += row.value().id() > 0 ? 1 : 0;
        }
        return count;
    }
}
