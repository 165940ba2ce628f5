package dev.homeostat.host.view;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows at somebody's command, into tables that accept sources. What it writes belongs to {@link RowOwner#COMMAND}, and lasts until the host stops. Rows that
 * a source wants are its own, and are refused. Safe for all threads; writing waits while sources or plugins write the same table.
 */
public interface RowWriter {
    /**
     * Stores rows, each unless an equal one is there: all in one transaction, or none.
     *
     * @param rows as documents, with the places where they were written
     * @return what became of each, in their order
     * @throws dev.homeostat.api.tree.DocumentException with all that is wrong with them; nothing was written
     * @throws RowRefusedException if none may be written there; nothing was written
     */
    List<WrittenRow> insert(String table, List<Tree> rows);

    /**
     * Deletes a row. Where a source waits for that very row, it gets it at once, and nothing is deleted.
     *
     * @return what became of it; null where the table has no such row
     * @throws RowRefusedException if it must not be deleted
     */
    @Nullable
    DeletedRow delete(String table, Key key);

    /** Who wants that row; null where nobody does but the plugin that wrote it, or who did is gone. Waits for nobody. */
    @Nullable
    RowOwner ownerOf(String table, Key key);
}
