package dev.homeostat.host.handover;

import dev.homeostat.api.db.Key;
import dev.homeostat.host.view.RowOwner;
import org.jspecify.annotations.Nullable;

/** Which source wants which row. Safe for all threads. */
public interface RowOwners {
    /** Nobody wants any. */
    RowOwners NONE = new RowOwners() {
        @Override
        public @Nullable RowOwner ownerOf(String table, Key key) {
            return null;
        }

        @Override
        public void back(String table, Key key, RowOwner owner) {
            // nobody to tell
        }
    };

    /** Who wants that row, or did when it was last heard of; null where no source brought it. */
    @Nullable
    RowOwner ownerOf(String table, Key key);

    /** A row is in its table that had that owner before it was set aside: it is to be that one's again. Called before sources hear of the table. */
    void back(String table, Key key, RowOwner owner);
}
