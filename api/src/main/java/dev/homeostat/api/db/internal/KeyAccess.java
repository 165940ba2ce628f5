package dev.homeostat.api.db.internal;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.KeyType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets the database engine, and nobody else, reach the array inside a {@link Key} without a copy. */
public abstract class KeyAccess {
    private static @Nullable KeyAccess instance;

    /** The array itself: never to be changed. */
    public abstract byte[] bytes(Key key);

    /** A key around that array, which the caller gives away. */
    public abstract Key wrap(byte[] bytes);

    /** The bytes of the value's key, in an array of its own. */
    public abstract <K> byte[] encode(KeyType<K> type, K value);

    /** Called once, by {@link Key}. */
    public static void set(KeyAccess access) {
        instance = access;
    }

    /** The access. */
    public static KeyAccess get() {
        if (instance == null) {
            Key.of(); // makes sure that the class is initialized
        }
        return Objects.requireNonNull(instance);
    }
}
