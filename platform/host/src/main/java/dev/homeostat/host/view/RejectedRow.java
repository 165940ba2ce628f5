package dev.homeostat.host.view;

import dev.homeostat.api.tree.Tree;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row that its table did not take over when its plugin was replaced. It is in no table, and kept until it fits again.
 *
 * @param table the table that it was in
 * @param key its primary key as a person reads it, as far as that is known
 * @param document the row as its table's codec wrote it; text where that failed
 * @param reason why it was not taken over, when it was tried last
 * @param deleted whether it had been deleted from the table and is yet to be deleted at the target: such a row never comes back into the table
 * @param since when it was set aside
 * @param owner who wanted it, where a source brought it: it is forgotten when that one wants it no more, or brought it again
 */
public record RejectedRow(
        String table,
        String key,
        Tree document,
        String reason,
        boolean deleted,
        Instant since,
        @Nullable RowOwner owner) {}
