package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Initializer;
import dev.homeostat.api.db.Inserted;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.RowFunctionException;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.api.db.WriteTxn;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One random write to a table and to its model: both must answer, or refuse, alike. */
final class Operation {
    private static final List<String> CONDITIONS = List.of("load", "sync", "late", "never");

    private final RWTable<Item> table;
    private final ModelTable model;
    private final WriteTxn txn;
    private final Inputs inputs;
    private final Random random;
    private final Consumer<Inserted<Item>> inserted;

    /** A write in a transaction; the model is changed with the table. Whoever wants may keep what insertWatch gave. */
    Operation(
            RWTable<Item> table,
            ModelTable model,
            WriteTxn txn,
            Inputs inputs,
            Random random,
            Consumer<Inserted<Item>> inserted) {
        this.table = table;
        this.model = model;
        this.txn = txn;
        this.inputs = inputs;
        this.random = random;
        this.inserted = inserted;
    }

    /** Does it, and says what was done. */
    String run() {
        Item item = inputs.item();
        int kind = random.nextInt(40);
        if (kind == 0) {
            return deleteAll();
        }
        if (kind <= 2) {
            return condition(CONDITIONS.get(random.nextInt(CONDITIONS.size())));
        }
        if (kind <= 5) {
            return deleteByLookup(inputs.lookup(model.shape()));
        }
        if (item.fault() == Item.Fault.PRIMARY) {
            return refusedAtOnce(item);
        }
        ModelTable.Version old = model.find(item);
        return switch (kind) {
            case 6, 7, 8, 9 -> delete(item, old);
            case 10, 11 -> compareAndDelete(item, old);
            case 12, 13, 14, 15 -> replace(item, old);
            case 16, 17, 18, 19 -> apply(item, old);
            case 20, 21, 22, 23 -> compareAndSwap(item, old);
            case 24, 25, 26, 27 -> modify(item, old);
            case 28, 29 -> insertWatch(item, old);
            default -> "insert: " + store(item, old, () -> table.insert(txn, item));
        };
    }

    private String deleteAll() {
        Check.same(table.deleteAll(txn), (long) model.rows().size(), "deleteAll");
        model.clear();
        return "deleteAll";
    }

    private String condition(String name) {
        if (random.nextBoolean()) {
            if (model.pending().isEmpty()) {
                Check.refused(() -> table.addInitializer(txn, name), IllegalStateException.class);
            } else if (model.knows(name)) {
                Check.refused(() -> table.addInitializer(txn, name), IllegalArgumentException.class);
            } else {
                Initializer added = table.addInitializer(txn, name);
                model.addInitializer(name);
                if (random.nextBoolean()) {
                    added.complete(txn);
                    model.complete(name);
                }
            }
            return "addInitializer " + name;
        }
        Initializer initializer;
        try {
            initializer = table.initializer(name);
        } catch (IllegalArgumentException e) {
            return "no initializer " + name; // one that this transaction has added is not known outside of it
        }
        Check.that(model.knows(name), "an initializer of nowhere: " + name);
        initializer.complete(txn);
        model.complete(name);
        return "complete " + name;
    }

    private String deleteByLookup(Query<Item> query) {
        ModelTable.Version old = model.list(query).stream().findFirst().orElse(null);
        checkRow(table.delete(txn, query), old, "delete by " + query.index());
        removeIf(old);
        return "delete by " + query.index() + ": " + old(old);
    }

    /** Every write computes the primary key, and does nothing when that throws. */
    private String refusedAtOnce(Item item) {
        List<Supplier<@Nullable Object>> writes = List.of(
                () -> table.insert(txn, item),
                () -> table.insertWatch(txn, item),
                () -> table.replace(txn, item),
                () -> table.apply(txn, item),
                () -> table.modify(txn, item, (stored, given) -> stored),
                () -> table.compareAndSwap(txn, 0, item),
                () -> table.compareAndDelete(txn, 1, item),
                () -> table.delete(txn, item));
        Check.refused(writes.get(random.nextInt(writes.size()))::get, RowFunctionException.class);
        return "refused, no primary key";
    }

    private String delete(Item item, ModelTable.@Nullable Version old) {
        checkRow(table.delete(txn, item), old, "delete");
        removeIf(old);
        return "delete: " + old(old);
    }

    private String compareAndDelete(Item item, ModelTable.@Nullable Version old) {
        long guess = guess(old);
        boolean hit = old != null && guess == old.revision();
        Check.same(table.compareAndDelete(txn, guess, item), hit, "compareAndDelete");
        removeIf(hit ? old : null);
        return "compareAndDelete: " + hit;
    }

    private String replace(Item item, ModelTable.@Nullable Version old) {
        if (old == null) {
            Check.same(table.replace(txn, item), null, "replace of nothing");
            return "replace: nothing there";
        }
        return "replace: " + store(item, old, () -> table.replace(txn, item));
    }

    private String apply(Item item, ModelTable.@Nullable Version old) {
        Item applied = old != null && random.nextBoolean() ? old.item().with(Item.Fault.NONE) : item;
        if (old != null && applied.equals(old.item())) {
            checkRow(table.apply(txn, applied), old, "apply of an equal row");
            return "apply: equal";
        }
        return "apply: " + store(applied, old, () -> table.apply(txn, applied));
    }

    private String compareAndSwap(Item item, ModelTable.@Nullable Version old) {
        long guess = guess(old);
        if (guess != (old == null ? 0 : old.revision())) {
            Check.same(table.compareAndSwap(txn, guess, item), false, "compareAndSwap");
            return "compareAndSwap: refused " + guess;
        }
        return "compareAndSwap: " + guess + " "
                + storeAnyway(
                        item,
                        old,
                        () -> Check.that(table.compareAndSwap(txn, guess, item), "the right revision is refused"));
    }

    private String modify(Item item, ModelTable.@Nullable Version old) {
        if (old == null) {
            return "modify: "
                    + store(
                            item,
                            null,
                            () -> table.modify(txn, item, (stored, given) -> {
                                throw new IllegalStateException("nothing to merge with");
                            }));
        }
        return switch (random.nextInt(8)) {
            case 0 -> {
                Check.refused(() -> table.modify(txn, item, Operation::fail), RowFunctionException.class);
                yield "modify: the merge threw";
            }
            case 1 -> {
                Item elsewhere = inputs.item().with(Item.Fault.NONE);
                if (model.primaryKey(elsewhere).equals(model.primaryKey(item))) {
                    yield "modify: nothing";
                }
                Check.refused(() -> table.modify(txn, item, (stored, given) -> elsewhere), InvalidKeyException.class);
                yield "modify: the merge took another key";
            }
            default ->
                "modify: "
                        + store(
                                item.at(old.item()),
                                old,
                                () -> table.modify(txn, item, (stored, given) -> {
                                    Check.same(stored, old.item(), "the row that is merged with");
                                    return given.at(stored);
                                }));
        };
    }

    private static Item fail(Item stored, Item given) {
        throw new IllegalStateException("planted: " + stored + given);
    }

    private String insertWatch(Item item, ModelTable.@Nullable Version old) {
        return "insertWatch: "
                + store(item, old, () -> {
                    Inserted<Item> done = table.insertWatch(txn, item);
                    Check.same(
                            World.version(done.row()),
                            new ModelTable.Version(item, model.revision() + 1),
                            "the row of insertWatch");
                    inserted.accept(done);
                    return done.replaced();
                });
    }

    /** A write that stores the item, unless an index function throws or another row has one of its unique keys. */
    private String store(Item item, ModelTable.@Nullable Version old, Supplier<@Nullable Row<Item>> write) {
        return storeAnyway(item, old, () -> checkRow(write.get(), old, "the replaced row"));
    }

    private String storeAnyway(Item item, ModelTable.@Nullable Version old, Runnable write) {
        if (model.shape().failsFor(item.fault())) {
            Check.refused(write::run, RowFunctionException.class);
            return "an index function threw";
        }
        if (model.violates(item)) {
            Check.refused(write::run, UniqueViolationException.class);
            return "not unique";
        }
        write.run();
        model.put(item);
        return text(model.primaryKey(item)) + " replaces " + old(old);
    }

    private void removeIf(ModelTable.@Nullable Version old) {
        if (old != null) {
            model.remove(old.item());
        }
    }

    private long guess(ModelTable.@Nullable Version old) {
        long revision = old == null ? 0 : old.revision();
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> revision + 1;
            default -> revision;
        };
    }

    private static String text(Key key) {
        String text = key.toString();
        return text.length() <= 32 ? text : text.substring(0, 32) + "… (" + key.length() + " bytes)";
    }

    private static String old(ModelTable.@Nullable Version old) {
        return old == null ? "nothing" : "revision " + old.revision();
    }

    private static void checkRow(@Nullable Row<Item> row, ModelTable.@Nullable Version expected, String what) {
        Check.same(row == null ? null : World.version(row), expected, what);
    }
}
