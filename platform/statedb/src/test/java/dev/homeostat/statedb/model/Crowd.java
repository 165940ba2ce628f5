package dev.homeostat.statedb.model;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One run with threads. */
final class Crowd {
    private static final int WRITERS = 3;
    private static final int TRANSACTIONS = 120;
    private static final long PATIENCE_SECONDS = 60;

    /** A row of the tables whose amounts add up to zero in every snapshot. */
    private record Account(long id, long amount) {}

    private static final LongIndex<Account> ID = Index.uniqueLong("id", Account::id);

    /** A table with its model: guarded by the table's lock, and copied at each commit, so that what others saw stays as it was. */
    private static final class Modelled {
        private final RWTable<Item> table;
        private ModelTable model;

        Modelled(RWTable<Item> table, Shape shape) {
            this.table = table;
            this.model = new ModelTable(shape, 0, List.of());
        }
    }

    private record Held(ReadTxn txn, Map<String, List<?>> rows) {}

    private record Open(Modelled table, Query<Item> query, List<ModelTable.Version> answer, Watch watch) {}

    private final long seed;
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Database db = StateDatabase.builder().scheduler(scheduler).build();
    private final List<Modelled> modelled = new ArrayList<>();
    /** Has the rows of the first of the modelled tables, at every commit. */
    private final Modelled mirror;

    private final List<RWTable<Account>> ledgers = new ArrayList<>();
    private final AtomicInteger lives = new AtomicInteger();
    private volatile RWTable<Account> mortal;

    // Platform threads: a virtual one that never waits would keep its carrier.
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong commits = new AtomicLong();

    Crowd(long seed) {
        this.seed = seed;
        for (Shape shape : List.of(Shape.BY_KEY, Shape.BY_NUMBER, Shape.MANY_UNIQUE)) {
            modelled.add(new Modelled(db.create(shape.spec("m" + modelled.size())), shape));
        }
        this.mirror = new Modelled(db.create(Shape.KEY_ALONE.spec("mirror")), Shape.KEY_ALONE);
        for (int i = 0; i < 2; i++) {
            ledgers.add(db.create(TableSpec.of("ledger" + i, Account.class, ID)));
        }
        this.mortal = db.create(TableSpec.of("mortal", Account.class, ID));
    }

    long commits() {
        return commits.get();
    }

    void run() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        List<Future<?>> others = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed * 31 + i);
            writers.add(start(() -> write(random)));
        }
        for (int i = 0; i < 2; i++) {
            Random random = new Random(seed * 37 + i);
            boolean first = i == 0;
            others.add(start(() -> read(random, first)));
            others.add(start(() -> follow(random)));
            others.add(start(() -> watch(random)));
        }
        others.add(start(() -> buryAndRaise(new Random(seed * 41))));
        join(writers);
        done.set(true);
        join(others);
        finish();
    }

    /** Ends the threads, whatever they were doing. */
    void stop() throws InterruptedException {
        done.set(true);
        threads.shutdownNow();
        Check.that(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS), "a thread waits for ever");
    }

    // Those who write.

    private void write(Random random) {
        Inputs inputs = new Inputs(random, 20);
        for (int i = 0; i < TRANSACTIONS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> transfer(random);
                case 1 -> writeMortal(random);
                default -> operate(inputs, random);
            }
        }
    }

    private void operate(Inputs inputs, Random random) {
        List<Modelled> mine = new ArrayList<>(modelled);
        Collections.shuffle(mine, random);
        mine = mine.subList(0, random.nextInt(1, modelled.size() + 1));
        boolean mirrored = mine.contains(modelled.getFirst());
        List<RWTable<?>> locks = new ArrayList<>();
        mine.forEach(one -> locks.add(one.table));
        if (mirrored) {
            locks.add(random.nextInt(locks.size() + 1), mirror.table);
        }
        try (WriteTxn txn = db.writeTxn(locks.toArray(RWTable<?>[]::new))) {
            Map<Modelled, ModelTable> next = new LinkedHashMap<>();
            mine.forEach(one -> next.put(one, one.model.copy()));
            for (int i = random.nextInt(8); i >= 0; i--) {
                Modelled one = mine.get(random.nextInt(mine.size()));
                new Operation(one.table, requireNonNull(next.get(one)), txn, inputs, random, inserted -> {}).run();
            }
            if (mirrored) {
                mirror.table.deleteAll(txn);
                requireNonNull(next.get(modelled.getFirst()))
                        .rows()
                        .forEach(row -> mirror.table.insert(txn, row.item()));
            }
            if (random.nextInt(5) != 0) {
                // Before the commit, which cannot fail: after it, the locks are somebody else's.
                next.forEach((one, model) -> one.model = model);
                txn.commit();
                commits.incrementAndGet();
            }
        }
    }

    private void transfer(Random random) {
        RWTable<Account> from = ledgers.get(random.nextInt(2));
        RWTable<Account> to = ledgers.get(random.nextInt(2));
        long amount = random.nextInt(1, 100);
        try (WriteTxn txn = random.nextBoolean() ? db.writeTxn(from, to) : db.writeTxn(to, from)) {
            add(txn, from, random.nextInt(30), -amount);
            add(txn, to, random.nextInt(30), amount);
            if (random.nextInt(4) != 0) {
                txn.commit();
                commits.incrementAndGet();
            }
        }
    }

    private static void add(WriteTxn txn, RWTable<Account> ledger, long id, long amount) {
        Row<Account> row = ledger.get(txn, ID.query(id));
        long sum = amount + (row == null ? 0 : row.value().amount());
        if (sum == 0) {
            ledger.delete(txn, ID.query(id));
        } else {
            ledger.insert(txn, new Account(id, sum));
        }
    }

    private void writeMortal(Random random) {
        RWTable<Account> table = mortal;
        try (WriteTxn txn = db.writeTxn(table)) {
            table.insert(txn, new Account(random.nextInt(10), random.nextInt()));
            table.delete(txn, ID.query(random.nextInt(10)));
            txn.commit();
        } catch (TableRemovedException e) {
            Check.that(lives.get() > 0, "a table was removed before anybody did");
        }
    }

    private void buryAndRaise(Random random) {
        long last = 0;
        for (int i = 0; i < 20 && !done.get(); i++) {
            RWTable<Account> old = mortal;
            db.write(old, txn -> old.insert(txn, new Account(random.nextInt(10), 1)));
            lives.incrementAndGet();
            db.remove(old);
            Check.refused(() -> old.count(db.readTxn()), TableRemovedException.class);
            Check.refused(old::changes, TableRemovedException.class);
            RWTable<Account> next = db.create(old.spec());
            long start = next.revision(db.readTxn());
            mortal = next;
            Check.that(start > last, "a table made again does not start above its old revisions");
            last = start;
        }
    }

    // Those who read.

    /** One of the readers also runs what the database has scheduled: only one, as a scheduler's one timer would. */
    private void read(Random random, boolean keepsHouse) {
        List<Held> held = new ArrayList<>();
        Map<String, Long> revisions = new LinkedHashMap<>();
        while (!done.get()) {
            if (keepsHouse) {
                scheduler.runWaiting();
            }
            ReadTxn txn = db.readTxn();
            checkSnapshot(txn, random);
            for (RWTable<?> table : all()) {
                long revision = table.revision(txn);
                Long before = revisions.put(table.name(), revision);
                Check.that(before == null || before <= revision, "the revision of " + table.name() + " went back");
            }
            if (held.size() < 8) {
                held.add(new Held(txn, rows(txn)));
            } else {
                Held one = held.remove(random.nextInt(held.size()));
                Check.same(rows(one.txn), one.rows, "a snapshot that was held");
            }
        }
        held.forEach(one -> Check.same(rows(one.txn), one.rows, "a snapshot that was held to the end"));
    }

    /** What holds of every snapshot, whatever was committed when. */
    private void checkSnapshot(ReadTxn txn, Random random) {
        long sum = 0;
        for (RWTable<Account> ledger : ledgers) {
            sum += ledger.all(txn).values().mapToLong(Account::amount).sum();
        }
        Check.same(sum, 0L, "the sum over two tables");
        Check.same(
                mirror.table.all(txn).values().toList(),
                modelled.getFirst().table.all(txn).values().toList(),
                "a table and its mirror");
        Modelled one = modelled.get(random.nextInt(modelled.size()));
        checkTable(txn, one.table);
    }

    private static void checkTable(ReadTxn txn, RWTable<Item> table) {
        List<Row<Item>> rows = table.all(txn).stream().toList();
        Check.same(table.count(txn), (long) rows.size(), "count");
        long last = 0;
        int byRevision = 0;
        for (Row<Item> row : table.byRevision(txn, 0)) {
            Check.that(row.revision() > last, "byRevision is not in order");
            last = row.revision();
            byRevision++;
        }
        Check.same(byRevision, rows.size(), "byRevision");
        Check.that(last <= table.revision(txn), "a row is newer than its table");
        for (Row<Item> row : rows) {
            for (Index<Item, ?> index : table.spec().indexes()) {
                checkFound(txn, table, index, row);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // all indexes share the very row
    private static <K> void checkFound(ReadTxn txn, RWTable<Item> table, Index<Item, K> index, Row<Item> row) {
        for (K key : index.keys(row.value())) {
            boolean found = table.list(txn, index.query(key)).stream().anyMatch(other -> other == row);
            Check.that(found, index + " does not find its row");
        }
    }

    private Map<String, List<?>> rows(ReadTxn txn) {
        Map<String, List<?>> rows = new LinkedHashMap<>();
        for (RWTable<?> table : all()) {
            rows.put(table.name(), table.all(txn).stream().toList());
        }
        return rows;
    }

    private List<RWTable<?>> all() {
        List<RWTable<?>> all = new ArrayList<>(ledgers);
        modelled.forEach(one -> all.add(one.table));
        all.add(mirror.table);
        return all;
    }

    // Those who follow and those who watch.

    private void follow(Random random) {
        Map<RWTable<Item>, Copy> copies = new LinkedHashMap<>();
        while (!done.get()) {
            Modelled one = modelled.get(random.nextInt(modelled.size()));
            Copy copy = copies.computeIfAbsent(one.table, Copy::new);
            if (random.nextInt(30) == 0) {
                copies.remove(one.table);
                copy.close();
            } else {
                copy.follow(db.readTxn(), random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(4));
            }
        }
        copies.values().forEach(copy -> {
            copy.follow(db.readTxn(), Integer.MAX_VALUE);
            copy.close();
        });
    }

    private void watch(Random random) throws InterruptedException {
        Inputs inputs = new Inputs(random, 20);
        List<Open> open = new ArrayList<>();
        while (!done.get()) {
            Modelled one = modelled.get(random.nextInt(modelled.size()));
            Query<Item> query = inputs.query(
                    switch (modelled.indexOf(one)) {
                        case 0 -> Shape.BY_KEY;
                        case 1 -> Shape.BY_NUMBER;
                        default -> Shape.MANY_UNIQUE;
                    });
            ReadTxn txn = db.readTxn();
            List<ModelTable.Version> answer = World.versions(one.table.list(txn, query));
            open.add(new Open(one, query, answer, one.table.watch(txn, query)));
            if (open.size() > 50) {
                check(open.remove(random.nextInt(open.size())));
            }
        }
        // Nobody writes any more: who must have been woken, was.
        for (Open one : open) {
            check(one);
        }
    }

    /** The watch of an answer that changed closes, at the latest a moment after the new one could be seen. */
    private void check(Open open) throws InterruptedException {
        if (!World.versions(open.table.table.list(db.readTxn(), open.query)).equals(open.answer)) {
            Check.that(
                    open.watch.await(Duration.ofSeconds(PATIENCE_SECONDS)),
                    "a watch was not closed, though its answer changed");
        }
    }

    private void finish() {
        ReadTxn txn = db.readTxn();
        Random random = new Random(seed);
        Inputs inputs = new Inputs(random, 20);
        for (Modelled one : modelled) {
            World.check(txn, new Life(one.table, one.table), one.model, inputs, random);
            checkTable(txn, one.table);
            scheduler.runWaiting();
            scheduler.runWaiting();
            Check.same(one.table.stats().changeIterators(), 0, "change iterators that were closed");
            Check.same(one.table.stats().graveyard(), 0L, "the graveyard, when nobody follows");
        }
        checkSnapshot(txn, random);
    }

    /** What one who follows knows of a table. */
    private static final class Copy {
        private final RWTable<Item> table;
        private final ChangeIterator<Item> changes;
        private final Map<Key, Row<Item>> rows = new TreeMap<>();
        private long last;

        Copy(RWTable<Item> table) {
            this.table = table;
            this.changes = table.changes();
        }

        /** Takes some changes; when it took all, the copy must be the table at that snapshot, where that is not older than the iterator. */
        void follow(ReadTxn txn, int limit) {
            var sequence = changes.next(txn).iterator();
            int taken = 0;
            while (taken < limit && sequence.hasNext()) {
                var change = sequence.next();
                Check.that(change.revision() > last, "a change came twice, or too late");
                last = change.revision();
                switch (change) {
                    case Change.Update<Item>(var row) -> rows.put(row.key(), row);
                    case Change.Delete<Item> deleted ->
                        rows.remove(deleted.row().key());
                }
                taken++;
            }
            if (!sequence.hasNext() && changes.revision() >= table.revision(txn) && changes.revision() > 0) {
                Check.same(List.copyOf(rows.values()), table.all(txn).stream().toList(), "the copy of who follows");
            }
        }

        void close() {
            changes.close();
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private Future<?> start(Body body) {
        Callable<Boolean> call = () -> {
            try {
                body.run();
            } catch (Throwable t) { // the others need not go on
                done.set(true);
                throw t;
            }
            return true;
        };
        return threads.submit(call);
    }

    private static void join(List<Future<?>> futures) throws Exception {
        for (Future<?> future : futures) {
            try {
                future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
    }
}
