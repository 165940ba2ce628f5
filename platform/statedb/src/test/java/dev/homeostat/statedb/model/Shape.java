package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.TableSpec;
import java.util.List;

/** Which indexes a table has, the primary one first. */
enum Shape {
    BY_KEY(List.of(Item.KEY, Item.ALIAS, Item.TAG, Item.GROUP)),
    BY_NUMBER(List.of(Item.NUMBER, Item.ALIAS, Item.TAG, Item.GROUP)),
    MANY_UNIQUE(List.of(Item.KEY, Item.MARK, Item.NUMBER, Item.KIND)),
    KEY_ALONE(List.of(Item.KEY)),
    NUMBER_ALONE(List.of(Item.NUMBER));

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Index<Item, ?>> indexes;

    Shape(List<Index<Item, ?>> indexes) {
        this.indexes = indexes;
    }

    List<Index<Item, ?>> indexes() {
        return indexes;
    }

    Index<Item, ?> primary() {
        return indexes.getFirst();
    }

    /** Whether one of the secondary indexes throws for such rows. */
    boolean failsFor(Item.Fault fault) {
        return switch (fault) {
            case NONE, PRIMARY -> false;
            case SECONDARY -> indexes.contains(Item.GROUP) || indexes.contains(Item.KIND);
            case HALFWAY -> indexes.contains(Item.TAG) || indexes.contains(Item.MARK);
        };
    }

    TableSpec<Item> spec(String name) {
        TableSpec<Item> spec = TableSpec.of(name, Item.class, primary());
        for (Index<Item, ?> index : indexes.subList(1, indexes.size())) {
            spec = spec.index(index);
        }
        return spec;
    }
}
