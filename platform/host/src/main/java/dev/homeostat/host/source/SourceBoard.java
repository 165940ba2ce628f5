package dev.homeostat.host.source;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.host.view.SourceView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes what sources want into the tables that accept sources. */
@SuppressWarnings("DoNotCallSuggester") // the signatures come first, so that callers can be written
public final class SourceBoard {
    /**
     * A board without sources.
     *
     * @param dataDir the home's data directory; the board keeps its files in {@code sources} below it
     * @param expected names of the sources that each table waits for before it counts as initialized ({@code sources} in the configuration)
     * @param ignored names of sources that nobody waits for any more, even if they fed this home before ({@code sources.ignored})
     */
    public SourceBoard(
            Database database, Scheduler scheduler, Path dataDir, List<String> expected, List<String> ignored) {}

    /** The initializers that a table is to be created with: one for each expected source where the table accepts sources, else none. */
    public List<String> initializersFor(TableSpec<?> spec) {
        throw new UnsupportedOperationException();
    }

    /** A table was created, with {@link #initializersFor its initializers}. What sources already want in it is written before this returns. */
    public void tableAdded(RWTable<?> table) {
        throw new UnsupportedOperationException();
    }

    /** A table is about to be removed, or was; units that want rows in it wait until it comes again. */
    public void tableRemoved(String table) {
        throw new UnsupportedOperationException();
    }

    /**
     * A plugin's source begins.
     *
     * @throws IllegalArgumentException if another plugin's source has that name; names both
     */
    public SourceFeed register(String source, String plugin) {
        throw new UnsupportedOperationException();
    }

    /** A source ended. Its rows stay, and another source may take them over; its feed answers {@link IllegalStateException} from now on. */
    public void unregister(String source) {
        throw new UnsupportedOperationException();
    }

    /** All sources that are expected or were seen, ordered by name. */
    public List<SourceView> view() {
        throw new UnsupportedOperationException();
    }

    /** Who wants that row, if a source that is still there does. */
    public Optional<RowOwner> owner(String table, Key key) {
        throw new UnsupportedOperationException();
    }
}
