package dev.homeostat.statedb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.api.db.WriteTxn;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One random write to a table and to its model, whose answers must be the same. */
final class Operation {
    private final RWTable<Item> table;
    private final ModelTable model;
    private final Inputs inputs;
    private final Random random;

    Operation(RWTable<Item> table, ModelTable model, Inputs inputs, Random random) {
        this.table = table;
        this.model = model;
        this.inputs = inputs;
        this.random = random;
    }

    void run(WriteTxn txn) {
        Item item = inputs.item();
        ModelTable.Version old = model.find(item);
        long revision = old == null ? 0 : old.revision();
        switch (random.nextInt(12)) {
            case 0 -> {
                assertRow(table.delete(txn, item), old);
                removeIf(old);
            }
            case 1 -> deleteByLookup(txn);
            case 2 -> {
                long guess = revision - random.nextInt(2);
                boolean hit = old != null && guess == revision;
                assertThat(table.compareAndDelete(txn, guess, item)).isEqualTo(hit);
                removeIf(hit ? old : null);
            }
            case 3 -> {
                if (random.nextInt(15) == 0) {
                    assertThat(table.deleteAll(txn)).isEqualTo(model.rows().size());
                    model.clear();
                }
            }
            case 4 -> {
                if (old == null) {
                    assertThat(table.replace(txn, item)).isNull();
                } else {
                    put(item, old, () -> table.replace(txn, item));
                }
            }
            case 5 -> {
                Item applied = old != null && random.nextBoolean() ? old.item() : item;
                if (old != null && applied.equals(old.item())) {
                    assertRow(table.apply(txn, applied), old);
                } else {
                    put(applied, old, () -> table.apply(txn, applied));
                }
            }
            case 6 -> {
                long guess = random.nextBoolean() ? revision : revision + 1;
                if (guess == revision) {
                    put(item, old, () -> table.compareAndSwap(txn, guess, item) ? null : fail());
                } else {
                    assertThat(table.compareAndSwap(txn, guess, item)).isFalse();
                }
            }
            case 7 -> {
                Item merged = old == null
                        ? item
                        : new Item(
                                old.item().key(),
                                old.item().number(),
                                item.alias(),
                                item.tags(),
                                old.item().group(),
                                9);
                put(merged, old, () -> table.modify(txn, item, (stored, given) -> merged));
            }
            default -> put(item, old, () -> table.insert(txn, item));
        }
    }

    private void deleteByLookup(WriteTxn txn) {
        var query = Item.ALIAS.query(inputs.key());
        ModelTable.Version old = model.list(query).stream().findFirst().orElse(null);
        assertRow(table.delete(txn, query), old);
        removeIf(old);
    }

    private void put(
            Item item, ModelTable.@Nullable Version old, java.util.function.Supplier<@Nullable Row<Item>> write) {
        if (model.violates(item)) {
            assertThatThrownBy(write::get).isInstanceOf(UniqueViolationException.class);
            return;
        }
        Row<Item> replaced = write.get();
        if (replaced != null) {
            assertRow(replaced, old);
        }
        model.put(item);
    }

    private void removeIf(ModelTable.@Nullable Version old) {
        if (old != null) {
            model.remove(old.item());
        }
    }

    private static void assertRow(@Nullable Row<Item> row, ModelTable.@Nullable Version expected) {
        if (expected == null) {
            assertThat(row).isNull();
        } else {
            assertThat(row).isNotNull();
            assertThat(row.value()).isEqualTo(expected.item());
            assertThat(row.revision()).isEqualTo(expected.revision());
        }
    }

    private static Row<Item> fail() {
        throw new AssertionError("compareAndSwap refused the right revision");
    }
}
