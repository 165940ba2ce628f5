package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Table;
import org.jspecify.annotations.Nullable;

/** A table of another plugin, opened to be read. */
record UseContribution<T>(TableContribution<T> owner, ReadHandle<T> handle) implements Contribution {
    @Override
    public Kind kind() {
        return Kind.TABLE;
    }

    @Override
    public String thing() {
        return "use of " + owner.thing();
    }

    @Override
    public void start() {
        @Nullable Table<T> table = owner.table();
        if (table == null) {
            throw new IllegalStateException(owner.thing() + " is gone");
        }
        handle.attach(table);
    }

    @Override
    public void stop(Deadline deadline) {
        handle.detach();
    }
}
