package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.KeyInput;
import dev.homeostat.api.db.KeyOutput;
import dev.homeostat.api.db.KeyType;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.TableSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row with a key of every kind. */
record Item(Key key, long number, @Nullable Key alias, List<Key> tags, long group, int payload) {
    /** Keys that are bytes already. */
    static final KeyType<Key> RAW = new KeyType<>() {
        @Override
        protected void write(Key value, KeyOutput out) {
            out.writeBytes(value.bytes());
        }

        @Override
        protected Key read(KeyInput in) {
            return Key.of(in.readRemaining());
        }

        @Override
        public String format(Key value) {
            return value.toString();
        }

        @Override
        public Key parse(String text) {
            throw new UnsupportedOperationException();
        }
    };

    static final Index<Item, Key> KEY = Index.unique("key", RAW, Item::key);
    static final LongIndex<Item> NUMBER = Index.uniqueLong("number", Item::number);
    static final Index<Item, Key> ALIAS = Index.<Item, Key>unique("alias", RAW, Item::alias);
    static final Index<Item, Key> TAG = Index.multi("tag", RAW, Item::tags);
    static final LongIndex<Item> GROUP = Index.nonUniqueLong("group", Item::group);

    static TableSpec<Item> byKey(String name) {
        return TableSpec.of(name, Item.class, KEY).index(ALIAS).index(TAG).index(GROUP);
    }

    static TableSpec<Item> byNumber(String name) {
        return TableSpec.of(name, Item.class, NUMBER).index(ALIAS).index(TAG).index(GROUP);
    }
}
