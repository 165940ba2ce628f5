package dev.homeostat.reconciler;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.KeyInput;
import dev.homeostat.api.db.KeyOutput;
import dev.homeostat.api.db.KeyType;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.TableSpec;

/** How a status table is keyed: as the table that its statuses are about, and read as that is. */
final class StatusKeys {
    private static final String NAME = "key";

    private StatusKeys() {}

    /** Whether the keys of the table are numbers, which are never made objects of. */
    static boolean areNumbers(TableSpec<?> table) {
        return table.primary() instanceof LongIndex;
    }

    /** The primary index of the status table. */
    static <T> Index<KeptStatus<T>, ?> index(TableSpec<T> table) {
        return areNumbers(table)
                ? Index.uniqueLong(NAME, kept -> ((KeptStatus.ByNumber<T>) kept).number())
                : Index.unique(NAME, new KeysOf(table), KeptStatus::key);
    }

    static long number(Key key) {
        return Keys.LONG.decode(key);
    }

    static Key key(long number) {
        return Keys.LONG.encode(number);
    }

    /** Keys that are keys of another table, and read as those do. */
    private static final class KeysOf extends KeyType<Key> {
        private final TableSpec<?> table;

        KeysOf(TableSpec<?> table) {
            this.table = table;
        }

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
            return table.formatKey(value);
        }

        @Override
        public Key parse(String text) {
            return table.parseKey(text);
        }
    }
}
