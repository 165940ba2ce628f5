package dev.homeostat.statedb.prefix;

import dev.homeostat.api.db.BitPrefix;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.api.db.TableSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row of the tests of prefix indexes: {@code key} is primary in one table and shared in the other, {@code own} belongs to one row, {@code nets} to any. */
record Net(long id, BitPrefix key, @Nullable IpPrefix own, List<IpPrefix> nets, int version) {
    static final LongIndex<Net> ID = Index.uniqueLong("id", Net::id);
    static final PrefixIndex<Net, BitPrefix> KEY = Index.uniquePrefix("key", Keys.BIT_PREFIX, Net::key);
    static final PrefixIndex<Net, BitPrefix> SHARED = Index.nonUniquePrefix("shared", Keys.BIT_PREFIX, Net::key);
    static final PrefixIndex<Net, IpPrefix> OWN = Index.uniquePrefix("own", Keys.IP_PREFIX, Net::own);
    static final PrefixIndex<Net, IpPrefix> NETS = Index.multiPrefix("nets", Keys.IP_PREFIX, Net::nets);

    static final TableSpec<Net> BY_KEY =
            TableSpec.of("by-key", Net.class, KEY).index(OWN).index(NETS);
    static final TableSpec<Net> BY_ID =
            TableSpec.of("by-id", Net.class, ID).index(SHARED).index(OWN).index(NETS);

    /** A row with nets alone. */
    static Net of(long id, String... nets) {
        return new Net(
                id,
                BitPrefix.parse("/0"),
                null,
                List.of(nets).stream().map(IpPrefix::parse).toList(),
                0);
    }

    /** The same with a prefix that no other row may have. */
    Net owning(String prefix) {
        return new Net(id, key, IpPrefix.parse(prefix), nets, version);
    }

    /** The same with another key. */
    Net at(String bits) {
        return new Net(id, BitPrefix.parse(bits), own, nets, version);
    }
}
