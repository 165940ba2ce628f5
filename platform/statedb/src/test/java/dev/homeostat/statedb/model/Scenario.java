package dev.homeostat.statedb.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** One run of the model test: a database, its model, snapshots that are held, change iterators, and watches. */
final class Scenario {
    private record Held(ReadTxn txn, List<ModelTable> models) {}

    private record Watched(int table, long revision, Query<Item> query, List<ModelTable.Version> answer, Watch watch) {}

    private record Seen(List<Row<Item>> rows, Rows<Item> list) {}

    private final Random random;
    private final Inputs inputs;
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Database db = StateDatabase.builder().scheduler(scheduler).build();
    private final List<RWTable<Item>> tables = new ArrayList<>();
    private final List<ModelTable> models = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<List<Follower>> followers = new ArrayList<>();
    private final List<Watched> watches = new ArrayList<>();

    Scenario(Random random) {
        this.random = random;
        this.inputs = new Inputs(random);
        for (int i = 0; i < 3; i++) {
            boolean bytes = i != 1;
            tables.add(db.create(bytes ? Item.byKey("t" + i) : Item.byNumber("t" + i)));
            models.add(new ModelTable(bytes ? Item::key : item -> Keys.LONG.encode(item.number())));
            followers.add(new ArrayList<>());
        }
    }

    void run(int transactions) {
        for (int i = 0; i < transactions; i++) {
            transaction();
            watch();
            follow();
            if (random.nextInt(10) == 0) {
                held.add(new Held(db.readTxn(), copies()));
            }
            if (random.nextInt(5) == 0) {
                scheduler.runAll();
            }
        }
        for (Held snapshot : held) {
            for (int t = 0; t < tables.size(); t++) {
                compare(t, snapshot.models.get(t), snapshot.txn);
            }
        }
        finishFollowers();
    }

    private void transaction() {
        List<ModelTable> next = copies();
        List<Integer> locked =
                random.ints(random.nextInt(1, 3), 0, tables.size()).boxed().toList();
        RWTable<?>[] names = locked.stream().map(tables::get).toArray(RWTable<?>[]::new);
        List<Seen> seen = new ArrayList<>();
        try (WriteTxn txn = db.writeTxn(names)) {
            int writes = random.nextInt(20) == 0 ? 150 : random.nextInt(8);
            for (int i = 0; i < writes; i++) {
                int t = locked.get(random.nextInt(locked.size()));
                new Operation(tables.get(t), next.get(t), inputs, random).run(txn);
                if (random.nextInt(12) == 0) {
                    compare(t, next.get(t), txn);
                    Rows<Item> rows = tables.get(t).list(txn, query(t));
                    seen.add(new Seen(rows.stream().toList(), rows));
                }
            }
            if (random.nextInt(6) != 0) {
                ReadTxn committed = txn.commit();
                for (int t = 0; t < tables.size(); t++) {
                    models.set(t, next.get(t));
                    if (random.nextInt(4) == 0) {
                        compare(t, models.get(t), committed);
                    }
                }
            }
        }
        for (Seen before : seen) {
            assertThat(before.list.stream().toList()).isEqualTo(before.rows);
        }
        checkWatches();
    }

    private void watch() {
        int t = random.nextInt(tables.size());
        Query<Item> query = query(t);
        ReadTxn txn = db.readTxn();
        ModelTable model = models.get(t);
        Watch watch = tables.get(t).watch(txn, query);
        assertThat(watch.isClosed())
                .as("a fresh watch of %s %s", query.kind(), query.from())
                .isFalse();
        watches.add(new Watched(t, model.revision(), query, model.list(query), watch));
        if (watches.size() > 30) {
            watches.removeFirst();
        }
    }

    private void checkWatches() {
        for (Watched watched : watches) {
            ModelTable model = models.get(watched.table);
            boolean closed = watched.watch.isClosed();
            if (model.revision() == watched.revision) {
                assertThat(closed).as("nothing changed").isFalse();
            } else if (!closed) {
                assertThat(model.list(watched.query))
                        .as("watch of %s %s", watched.query.kind(), watched.query.from())
                        .isEqualTo(watched.answer);
            }
        }
        watches.removeIf(watched -> watched.watch.isClosed());
    }

    private void follow() {
        int t = random.nextInt(tables.size());
        List<Follower> open = followers.get(t);
        switch (random.nextInt(8)) {
            case 0 -> open.add(new Follower(tables.get(t)));
            case 1 -> {
                if (!open.isEmpty()) {
                    open.remove(random.nextInt(open.size())).close();
                }
            }
            default -> open.forEach(follower -> followOnce(t, follower));
        }
        if (random.nextInt(4) == 0 && !held.isEmpty()) {
            ReadTxn old = held.get(random.nextInt(held.size())).txn;
            open.forEach(follower -> follower.follow(old, tables.get(t), random, random.nextBoolean()));
        }
    }

    private void followOnce(int t, Follower follower) {
        if (follower.follow(db.readTxn(), tables.get(t), random, random.nextBoolean())) {
            follower.assertEquals(models.get(t));
        }
    }

    private void finishFollowers() {
        for (int t = 0; t < tables.size(); t++) {
            for (Follower follower : followers.get(t)) {
                assertThat(follower.follow(db.readTxn(), tables.get(t), random, true))
                        .isTrue();
                follower.assertEquals(models.get(t));
            }
            scheduler.runAll();
            assertThat(tables.get(t).stats().graveyard()).isZero();
            followers.get(t).forEach(Follower::close);
        }
    }

    private void compare(int t, ModelTable model, ReadTxn txn) {
        RWTable<Item> table = tables.get(t);
        assertThat(table.revision(txn)).isEqualTo(model.revision());
        assertThat(table.count(txn)).isEqualTo(model.rows().size());
        assertSame(() -> table.all(txn), List.copyOf(model.rows().values()));
        long from = random.nextLong(model.revision() + 2);
        assertSame(() -> table.byRevision(txn, from), model.byRevision(from));
        for (int i = 0; i < 6; i++) {
            Query<Item> query = query(t);
            List<ModelTable.Version> expected = model.list(query);
            assertSame(() -> table.list(txn, query), expected);
            Row<Item> first = table.get(txn, query);
            assertThat(first == null ? null : version(first))
                    .isEqualTo(expected.isEmpty() ? null : expected.getFirst());
        }
    }

    private static void assertSame(Supplier<Rows<Item>> rows, List<ModelTable.Version> expected) {
        Rows<Item> answer = rows.get();
        assertThat(answer.stream().map(Scenario::version).toList()).isEqualTo(expected);
        assertThat(answer.count()).isEqualTo(expected.size());
    }

    private static ModelTable.Version version(Row<Item> row) {
        return new ModelTable.Version(row.value(), row.revision());
    }

    private Query<Item> query(int table) {
        Key key = inputs.prefix();
        Key other = inputs.prefix();
        long number = inputs.number();
        var bytes =
                List.of(Item.ALIAS, Item.TAG, table == 1 ? Item.TAG : Item.KEY).get(random.nextInt(3));
        var numbers = table == 1 && random.nextBoolean() ? Item.NUMBER : Item.GROUP;
        return switch (random.nextInt(8)) {
            case 0 -> bytes.query(inputs.key());
            case 1 -> bytes.query(key);
            case 2 -> bytes.prefix(key);
            case 3 -> bytes.lowerBound(key);
            case 4 -> bytes.range(key, other);
            case 5 -> numbers.query(number);
            case 6 -> numbers.lowerBound(number);
            default -> numbers.range(number, inputs.number());
        };
    }

    private List<ModelTable> copies() {
        return new ArrayList<>(models.stream().map(ModelTable::copy).toList());
    }
}
