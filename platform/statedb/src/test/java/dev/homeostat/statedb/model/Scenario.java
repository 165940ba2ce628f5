package dev.homeostat.statedb.model;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run of the model test: a database and its model, write transactions that overlap on different tables, snapshots and answers that are kept, those who
 * follow, and watches. All of it is drawn from one {@link Random}.
 */
final class Scenario {
    private final Random random;
    private final Inputs inputs;
    private final UnaryOperator<RWTable<Item>> planted;
    private final int burst;
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Database db = StateDatabase.builder().scheduler(scheduler).build();
    /** The newest state, in the order in which the tables were made. */
    private final Map<Life, ModelTable> models = new LinkedHashMap<>();

    private final List<Writing> writings = new ArrayList<>();
    private final List<World> held = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Guard> guards = new ArrayList<>();
    private final Neighbours neighbours = new Neighbours();
    private final Trace trace = new Trace();

    /** A run with tables that are as the database makes them, or with a fault planted. */
    Scenario(Random random, UnaryOperator<RWTable<Item>> planted) {
        this.random = random;
        this.planted = planted;
        boolean large = random.nextInt(16) == 0;
        this.burst = large ? 150 : 60;
        this.inputs = new Inputs(random, large ? 300 : random.nextInt(6, 30));
        List<Shape> first = List.of(Shape.BY_KEY, Shape.BY_NUMBER, Shape.MANY_UNIQUE, Shape.KEY_ALONE);
        for (int i = 0; i < first.size(); i++) {
            create("t" + i, first.get(i), 0);
        }
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        finish();
    }

    Neighbours neighbours() {
        return neighbours;
    }

    Trace trace() {
        return trace;
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < (writings.isEmpty() ? 40 : 4)) {
            begin();
        } else if (dice < 50 && !writings.isEmpty()) {
            write(any(writings));
        } else if (dice < 60 && !writings.isEmpty()) {
            end(any(writings), random.nextInt(6) != 0);
        } else if (dice < 72) {
            watch();
        } else if (dice < 86) {
            follow(any(lives()));
        } else if (dice < 89) {
            hold();
        } else if (dice < 93) {
            recheck();
        } else if (dice < 94) {
            recreate(any(lives()));
        } else {
            scheduler.runWaiting();
            lives().forEach(life -> checkStats(life, false));
        }
    }

    private void begin() {
        List<Life> free = new ArrayList<>();
        List<Life> taken = new ArrayList<>();
        lives().forEach(life -> (locked(life) ? taken : free).add(life));
        if (!taken.isEmpty() && random.nextInt(4) == 0) {
            RWTable<?> one = any(taken).stored();
            Check.refused(() -> db.writeTxn(one), IllegalStateException.class);
        }
        if (free.isEmpty() || writings.size() == 2) {
            return;
        }
        Collections.shuffle(free, random);
        List<Life> some = free.subList(0, Math.min(free.size(), random.nextInt(1, 4)));
        List<RWTable<?>> named = new ArrayList<>(some.stream().map(Life::stored).toList());
        if (random.nextInt(4) == 0) {
            named.add(any(named));
        }
        writings.add(new Writing(db.writeTxn(named.toArray(RWTable<?>[]::new)), models, some));
        trace.note("begin " + some);
    }

    private void write(Writing writing) {
        int writes = random.nextInt(25) == 0 ? burst : random.nextInt(1, 6);
        for (int i = 0; i < writes; i++) {
            Life life = any(writing.locked());
            ModelTable model = modelIn(writing, life);
            List<Watch> watches = new ArrayList<>(1);
            String done = new Operation(
                            life.table(),
                            model,
                            writing.txn(),
                            inputs,
                            random,
                            inserted -> watches.add(inserted.watch()))
                    .run();
            trace.note(life + " " + done);
            for (Watch watch : watches) {
                long revision = model.revision();
                guards.add(new Guard(
                        life,
                        "insertWatch",
                        Guard.Precision.EXACT,
                        now -> now.byRevision(revision).stream().anyMatch(row -> row.revision() == revision),
                        model,
                        watch,
                        writing));
            }
            if (random.nextInt(10) == 0) {
                World.check(writing.txn(), life, model, inputs, random);
                keep(writing.txn(), life, model);
            }
        }
        readOthers(writing);
    }

    /** The tables that a transaction has not locked are what they were at its beginning. */
    private void readOthers(Writing writing) {
        Life other = any(List.copyOf(writing.base().models().keySet()));
        if (!writing.locks(other)) {
            World.check(writing.txn(), other, modelIn(writing.base(), other), inputs, random);
            Check.refused(() -> other.table().deleteAll(writing.txn()), IllegalStateException.class);
        }
    }

    private void end(Writing writing, boolean commit) {
        writings.remove(writing);
        WriteTxn txn = writing.txn();
        trace.note((commit ? "commit " : "abort ") + writing.locked());
        if (commit) {
            ReadTxn committed = txn.commit();
            writing.markCommitted();
            models.putAll(writing.next());
            Life life = any(lives());
            World.check(committed, life, modelNow(life), inputs, random);
            if (random.nextInt(8) == 0) {
                held.add(new World(committed, models));
            }
        } else if (random.nextBoolean()) {
            txn.abort();
            writing.markAborted();
        } else {
            txn.close();
            writing.markAborted();
        }
        txn.close();
        if (random.nextInt(6) == 0) {
            Check.refused(txn::commit, IllegalStateException.class);
            Check.refused(() -> writing.locked().getFirst().table().deleteAll(txn), IllegalStateException.class);
        }
        checkGuards();
    }

    private void watch() {
        @Nullable Writing within = writings.isEmpty() || random.nextInt(3) != 0 ? null : any(writings);
        World world = within != null ? within.view() : heldOrNow(4);
        Life life = any(List.copyOf(world.models().keySet()));
        ModelTable model = modelIn(world, life);
        @Nullable
        Guard guard = switch (random.nextInt(8)) {
            case 0 -> ofTable(life, model, world.txn(), within);
            case 1 -> ofInitializers(life, model, world.txn(), within);
            default -> ofQuery(life, model, world.txn(), within);
        };
        if (guard != null) {
            keep(guard);
        }
    }

    /** Keeps a watch, which may have come closed if the answer was stale. */
    private void keep(Guard guard) {
        guard.check(models.get(guard.life()), neighbours);
        if (!guard.isClosed()) {
            guards.add(guard);
        }
        if (guards.size() > 40) {
            guards.removeFirst();
        }
    }

    private Guard ofTable(Life life, ModelTable model, ReadTxn txn, @Nullable Writing within) {
        Rows<Item> rows =
                random.nextBoolean() ? life.table().all(txn) : life.table().byRevision(txn, random.nextLong(3));
        return wholeTable(life, model, rows.watch(), within);
    }

    private static @Nullable Guard ofInitializers(Life life, ModelTable model, ReadTxn txn, @Nullable Writing within) {
        Watch watch = life.table().initializedWatch(txn);
        if (model.pending().isEmpty()) {
            Check.that(watch.isClosed(), "a watch for what is initialized is open");
            return null;
        }
        return new Guard(
                life, "initializers", Guard.Precision.EXACT, ModelTable::conditionsVersion, model, watch, within);
    }

    private Guard ofQuery(Life life, ModelTable model, ReadTxn txn, @Nullable Writing within) {
        Query<Item> query = inputs.query(model.shape());
        Watch watch = random.nextBoolean()
                ? life.table().watch(txn, query)
                : life.table().list(txn, query).watch();
        if (query.kind() == Query.Kind.RANGE) {
            return wholeTable(life, model, watch, within);
        }
        // What exists has a place of its own in the tree; what does not exist shares one, and under a key that many may
        // have a row may have come and gone.
        boolean exact = query.isLookup() && !model.list(query).isEmpty();
        return new Guard(
                life,
                query.kind() + " of " + query.index() + " " + (query.isLong() ? query.longFrom() : query.from()),
                exact ? Guard.Precision.EXACT : Guard.Precision.NEAR,
                now -> now.list(query),
                model,
                watch,
                within);
    }

    private static Guard wholeTable(Life life, ModelTable model, Watch watch, @Nullable Writing within) {
        return new Guard(life, "the table", Guard.Precision.EXACT, ModelTable::revision, model, watch, within);
    }

    private void checkGuards() {
        guards.forEach(guard -> guard.check(models.get(guard.life()), neighbours));
        guards.removeIf(Guard::isClosed);
    }

    private void follow(Life life) {
        List<Follower> followers = life.followers();
        int dice = random.nextInt(20);
        if (followers.isEmpty() || dice == 0) {
            if (followers.size() < 4) {
                followers.add(new Follower(life.table(), modelNow(life).revision()));
                trace.note(life + " followed");
            }
            return;
        }
        Follower follower = any(followers);
        if (dice == 1) {
            followers.remove(follower);
            follower.close();
            collected(life);
        } else if (dice == 2 && random.nextInt(10) == 0) {
            life.forget(follower);
        } else if (dice < 8) {
            follower.take(random, false);
        } else {
            World world = !writings.isEmpty() && dice < 11 ? any(writings).base() : heldOrNow(3);
            ModelTable model = world.model(life);
            if (model == null) {
                Check.refused(() -> life.table().count(world.txn()), TableRemovedException.class);
                return;
            }
            Guard guard = wholeTable(life, model, follower.next(world.txn(), model), null);
            keep(guard);
            boolean all = random.nextBoolean();
            follower.take(random, all);
            trace.note(life + " followed up to " + model.revision() + (all ? ", all" : ""));
            if (all && model == models.get(life)) {
                follower.checkCopy(model);
                collected(life);
            }
        }
        checkStats(life, false);
    }

    /** After an iterator was closed, or has seen all, exactly what others still need is kept. */
    private void collected(Life life) {
        if (random.nextBoolean()) {
            scheduler.runWaiting();
            checkStats(life, !locked(life));
        }
    }

    private void checkStats(Life life, boolean exact) {
        TableStats stats = life.table().stats();
        ModelTable model = modelNow(life);
        Check.same(stats.objects(), (long) model.rows().size(), "stats.objects");
        Check.same(stats.revision(), model.revision(), "stats.revision");
        long needed = model.deletesAbove(life.lowWatermark());
        Check.that(stats.graveyard() >= needed, "the graveyard lacks " + (needed - stats.graveyard()));
        if (!life.anyForgotten()) {
            Check.same(stats.changeIterators(), life.followers().size(), "stats.changeIterators");
            Check.same(stats.lowWatermark(), Math.min(life.lowWatermark(), model.revision()), "stats.lowWatermark");
            Check.that(!exact || stats.graveyard() == needed, "the graveyard keeps what nobody needs");
        }
    }

    private void hold() {
        held.add(now());
        if (held.size() > 10) {
            held.remove(random.nextInt(held.size()));
        }
        Life life = any(lives());
        keep(now().txn(), life, modelNow(life));
    }

    private void keep(ReadTxn txn, Life life, ModelTable model) {
        switch (random.nextInt(3)) {
            case 0 -> answers.add(new Answer(life.table().all(txn), List.copyOf(model.rows())));
            case 1 -> {
                long from = random.nextLong(model.revision() + 1);
                answers.add(new Answer(life.table().byRevision(txn, from), model.byRevision(from)));
            }
            default -> {
                Query<Item> query = inputs.query(model.shape());
                answers.add(new Answer(life.table().list(txn, query), model.list(query)));
            }
        }
        if (answers.size() > 20) {
            answers.remove(random.nextInt(answers.size()));
        }
    }

    private void recheck() {
        if (!held.isEmpty()) {
            any(held).check(inputs, random);
        }
        if (!answers.isEmpty()) {
            any(answers).check(random.nextInt(4));
        }
    }

    private void recreate(Life life) {
        if (random.nextInt(3) != 0) {
            return;
        }
        if (locked(life)) {
            Check.refused(() -> db.remove(life.stored()), IllegalStateException.class);
            return;
        }
        String name = life.table().name();
        Check.refused(() -> db.create(Shape.KEY_ALONE.spec(name)), IllegalArgumentException.class);
        trace.note("remove " + name);
        long last = modelNow(life).revision();
        db.remove(life.stored());
        life.markRemoved();
        models.remove(life);
        checkGuards();
        Check.same(db.table(name), null, "a removed table");
        Check.refused(() -> db.writeTxn(life.stored()), TableRemovedException.class);
        Check.refused(() -> life.table().count(db.readTxn()), TableRemovedException.class);
        for (Follower follower : life.followers()) {
            World world = now();
            Check.refused(
                    () -> follower.next(world.txn(), new ModelTable(Shape.KEY_ALONE, 0, List.of())),
                    TableRemovedException.class);
            follower.close();
        }
        create(name, any(List.of(Shape.values())), last);
        Check.same(
                db.tables().stream().map(Table::name).toList(),
                lives().stream().map(Life::toString).sorted().toList(),
                "the tables");
    }

    private void create(String name, Shape shape, long revision) {
        List<String> initializers = List.of("load", "sync").subList(0, random.nextInt(3));
        RWTable<Item> table = db.create(shape.spec(name), initializers.toArray(String[]::new));
        models.put(new Life(table, planted.apply(table)), new ModelTable(shape, revision, initializers));
        trace.note("create " + name + " " + shape + " " + initializers);
    }

    private void finish() {
        while (!writings.isEmpty()) {
            end(writings.getFirst(), random.nextBoolean());
        }
        held.forEach(world -> world.check(inputs, random));
        answers.forEach(answer -> answer.check(Integer.MAX_VALUE));
        World last = now();
        last.check(inputs, random);
        for (Life life : lives()) {
            ModelTable model = modelNow(life);
            for (Follower follower : life.followers()) {
                follower.next(last.txn(), model);
                follower.take(random, true);
                follower.checkCopy(model);
            }
            scheduler.runWaiting();
            checkStats(life, true);
            List.copyOf(life.followers()).forEach(follower -> {
                life.followers().remove(follower);
                follower.close();
            });
            scheduler.runWaiting();
            checkStats(life, true);
        }
        checkGuards();
    }

    private World heldOrNow(int oneIn) {
        return !held.isEmpty() && random.nextInt(oneIn) == 0 ? any(held) : now();
    }

    private World now() {
        return new World(db.readTxn(), models);
    }

    private List<Life> lives() {
        return List.copyOf(models.keySet());
    }

    private boolean locked(Life life) {
        return writings.stream().anyMatch(writing -> writing.locks(life));
    }

    private ModelTable modelNow(Life life) {
        return requireNonNull(models.get(life));
    }

    private static ModelTable modelIn(World world, Life life) {
        return requireNonNull(world.model(life));
    }

    private static ModelTable modelIn(Writing writing, Life life) {
        return requireNonNull(writing.next().get(life));
    }

    private <V> V any(List<V> some) {
        return some.get(random.nextInt(some.size()));
    }
}
