package dev.homeostat.statedb.testing;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.TableSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row that most tests use. */
public record Memo(String name, int size, @Nullable String alias, List<String> tags) {
    /** By name: the primary key. */
    public static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);

    /** By alias: unique, optional. */
    public static final Index<Memo, String> ALIAS = Index.<Memo, String>unique("alias", Keys.STRING, Memo::alias);

    /** By tag: any number of them. */
    public static final Index<Memo, String> TAG = Index.multi("tag", Keys.STRING, Memo::tags);

    /** By size. */
    public static final LongIndex<Memo> SIZE = Index.nonUniqueLong("size", Memo::size);

    /** A table of memos. */
    public static final TableSpec<Memo> TABLE =
            TableSpec.of("memos", Memo.class, NAME).index(ALIAS).index(TAG).index(SIZE);

    /** A memo without alias. */
    public static Memo of(String name, String... tags) {
        return new Memo(name, 0, null, List.of(tags));
    }

    /** The same with an alias. */
    public Memo withAlias(String other) {
        return new Memo(name, size, other, tags);
    }

    /** The same with a size. */
    public Memo withSize(int other) {
        return new Memo(name, other, alias, tags);
    }
}
