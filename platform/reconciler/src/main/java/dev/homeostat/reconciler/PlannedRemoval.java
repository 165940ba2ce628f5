package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One thing that a prune found and would remove: it has either a row key or its own test. */
record PlannedRemoval(
        String name, @Nullable Key key, @Nullable Predicate<ReadTxn> stillUndesired, PruneContext.Removal action) {}
