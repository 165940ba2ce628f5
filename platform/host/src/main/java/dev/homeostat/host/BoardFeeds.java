package dev.homeostat.host;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.host.plugin.SourceFeeds;
import dev.homeostat.host.source.SourceBoard;
import dev.homeostat.host.view.RowOwner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source board as plugins' contributions see it. */
record BoardFeeds(SourceBoard board) implements SourceFeeds {
    @Override
    public List<String> initializersFor(TableSpec<?> spec) {
        return board.initializersFor(spec);
    }

    @Override
    public void tableAdded(RWTable<?> table) {
        board.tableAdded(table);
    }

    @Override
    public void tableRemoved(String table) {
        board.tableRemoved(table);
    }

    @Override
    public SourceFeed register(String source, String plugin) {
        return board.register(source, plugin);
    }

    @Override
    public void unregister(String source) {
        board.unregister(source);
    }

    @Override
    public @Nullable RowOwner ownerOf(String table, Key key) {
        return board.remembered(table, key);
    }

    @Override
    public void back(String table, Key key, RowOwner owner) {
        board.back(table, key, owner);
    }
}
