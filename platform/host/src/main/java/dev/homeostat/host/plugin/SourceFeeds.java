package dev.homeostat.host.plugin;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.host.handover.RowOwners;
import java.util.List;

/** Where sources feed tables. Safe for all threads. */
public interface SourceFeeds extends RowOwners {
    /** The initializers that a table is created with: one for each source that may feed it. */
    List<String> initializersFor(TableSpec<?> spec);

    /** A table that accepts sources was made. */
    void tableAdded(RWTable<?> table);

    /** A table that accepts sources is about to be removed. */
    void tableRemoved(String table);

    /** A source begins. */
    SourceFeed register(String source, String plugin);

    /** A source ended; its rows stay. */
    void unregister(String source);
}
