package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.TableSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The row of all benchmarks.
 *
 * @param id the primary key
 * @param tags the keys of the tag index
 */
public record Item(long id, Set<String> tags) {
    /** By number: a primary index. */
    public static final LongIndex<Item> ID = Index.uniqueLong("id", Item::id);

    /** By text: a primary index. */
    public static final Index<Item, String> NAME = Index.unique("name", Keys.STRING, item -> "item-" + item.id());

    /** By tag: many keys a row, many rows a key. */
    public static final Index<Item, String> TAG = Index.multi("tag", Keys.STRING, Item::tags);

    /** A table with numbers for keys. */
    public static final TableSpec<Item> BY_ID = TableSpec.of("items", Item.class, ID);

    /** The same with a tag index. */
    public static final TableSpec<Item> BY_ID_AND_TAG = BY_ID.index(TAG);

    /** A table with text for keys. */
    public static final TableSpec<Item> BY_NAME = TableSpec.of("items", Item.class, NAME);

    /** Rows 0 to n − 1 with these tags. */
    public static Item[] range(int n, String... tags) {
        Item[] items = new Item[n];
        Set<String> shared = Set.of(tags);
        for (int i = 0; i < n; i++) {
            items[i] = new Item(i, shared);
        }
        return items;
    }

    /** The same rows in an order that is always the same. */
    public static Item[] shuffled(Item[] items) {
        List<Item> list = new ArrayList<>(List.of(items));
        Collections.shuffle(list, new Random(1));
        return list.toArray(Item[]::new);
    }
}
