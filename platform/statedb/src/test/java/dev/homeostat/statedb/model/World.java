package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A snapshot, and what its tables should be. */
record World(ReadTxn txn, Map<Life, ModelTable> models) {
    World {
        models = new LinkedHashMap<>(models);
    }

    @Nullable
    ModelTable model(Life life) {
        return models.get(life);
    }

    /** Compares all tables. */
    void check(Inputs inputs, Random random) {
        models.forEach((life, model) -> check(txn, life, model, inputs, random));
    }

    /** Compares a table with its model as a transaction sees it. */
    static void check(ReadTxn txn, Life life, ModelTable model, Inputs inputs, Random random) {
        RWTable<Item> table = life.table();
        Check.same(table.revision(txn), model.revision(), "revision");
        Check.same(table.count(txn), (long) model.rows().size(), "count");
        Check.same(table.pendingInitializers(txn), model.pending(), "pending initializers");
        Check.same(table.initialized(txn), model.pending().isEmpty(), "initialized");
        checkRows(table.all(txn), List.copyOf(model.rows()), "all");
        long from = random.nextLong(model.revision() + 2);
        checkRows(table.byRevision(txn, from), model.byRevision(from), "byRevision");
        for (int i = 0; i < 5; i++) {
            Query<Item> query = inputs.query(model.shape());
            List<ModelTable.Version> expected = model.list(query);
            checkRows(table.list(txn, query), expected, "list");
            Row<Item> first = table.get(txn, query);
            Check.same(first == null ? null : version(first), expected.isEmpty() ? null : expected.getFirst(), "get");
        }
    }

    private static void checkRows(Rows<Item> rows, List<ModelTable.Version> expected, String what) {
        Check.same(versions(rows), expected, what);
        Check.same(rows.count(), (long) expected.size(), what + ".count");
        Row<Item> first = rows.first();
        Check.same(first == null ? null : version(first), expected.isEmpty() ? null : expected.getFirst(), what);
    }

    static List<ModelTable.Version> versions(Rows<Item> rows) {
        return rows.stream().map(World::version).toList();
    }

    static ModelTable.Version version(Row<Item> row) {
        return new ModelTable.Version(row.value(), row.revision());
    }
}
