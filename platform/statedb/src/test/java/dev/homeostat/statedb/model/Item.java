package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.KeyInput;
import dev.homeostat.api.db.KeyOutput;
import dev.homeostat.api.db.KeyType;
import dev.homeostat.api.db.LongIndex;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row with a key of every kind, and perhaps one whose index functions throw. */
record Item(
        Key key,
        long number,
        @Nullable Key alias,
        List<Key> tags,
        List<Key> marks,
        long group,
        int payload,
        Fault fault) {

    /** Which index functions throw for the row. */
    enum Fault {
        NONE,
        /** Those of primary keys. */
        PRIMARY,
        /** The one of {@link Item#GROUP} and of {@link Item#KIND}. */
        SECONDARY,
        /** Those with many keys, after they gave some. */
        HALFWAY
    }

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

    static final Index<Item, Key> KEY =
            Index.unique("key", RAW, item -> item.unless(Fault.PRIMARY).key());
    static final LongIndex<Item> NUMBER =
            Index.uniqueLong("number", item -> item.unless(Fault.PRIMARY).number());
    static final Index<Item, Key> ALIAS = Index.<Item, Key>unique("alias", RAW, Item::alias);
    static final Index<Item, Key> TAG = Index.multi("tag", RAW, item -> item.halfOf(item.tags()));
    static final Index<Item, Key> MARK = Index.uniqueMulti("mark", RAW, item -> item.halfOf(item.marks()));
    static final LongIndex<Item> GROUP =
            Index.nonUniqueLong("group", item -> item.unless(Fault.SECONDARY).group());
    static final Index<Item, Key> KIND = Index.<Item, Key>nonUnique(
            "kind", RAW, item -> item.unless(Fault.SECONDARY).payload() == 0 ? Key.of() : item.alias());

    /** The same in the place of another one: with its primary key, whichever that is. */
    Item at(Item other) {
        return new Item(other.key, other.number, alias, tags, marks, group, payload, fault);
    }

    /** The same with another fault. */
    Item with(Fault other) {
        return new Item(key, number, alias, tags, marks, group, payload, other);
    }

    private Item unless(Fault failing) {
        if (fault == failing) {
            throw new IllegalStateException("planted: " + fault);
        }
        return this;
    }

    /** All of the keys; with the fault, some of them and then an exception. */
    private Iterable<Key> halfOf(List<Key> keys) {
        if (fault != Fault.HALFWAY) {
            return keys;
        }
        Iterator<Key> some = keys.iterator();
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Key next() {
                return some.hasNext() ? some.next() : unless(Fault.HALFWAY).key();
            }
        };
    }
}
