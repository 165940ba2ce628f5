package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Table;
import dev.homeostat.host.handover.Carried;
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
    public void start(Carried carried) {
        @Nullable Table<T> table = owner.table();
        if (table == null) {
            throw new IllegalStateException(owner.thing() + " is gone");
        }
        handle.attach(table);
    }

    @Override
    public void stop(Deadline deadline, Carried carried) {
        handle.detach();
    }
}
