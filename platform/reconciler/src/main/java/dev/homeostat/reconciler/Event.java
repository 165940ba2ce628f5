package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.PruneReport;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What reaches a reconciler from outside of its event loop. */
sealed interface Event {

    /** Something that the loop looks at by itself may have changed: the table, its initializers, the time. */
    enum Look implements Event {
        /** The table has changes. */
        AT_THE_TABLE,
        /** An initializer of the table was completed. */
        AT_THE_INITIALIZERS,
        /** Other options are in force. */
        AT_THE_OPTIONS,
        /** There are more changes to be taken in than one turn may. */
        AT_MORE_CHANGES,
        /** The timer went off. */
        AT_THE_CLOCK
    }

    /** A flight ended, in time or long after its last operation was abandoned. */
    record Ended(Flight<?> flight) implements Event {}

    /** A commit of statuses has come to its end, whatever it came to. */
    record Committed(StatusCommit<?> commit) implements Event {}

    /** What walks through the statuses need is there, or could not be made. */
    record WalksPrepared(WalkPreparation preparation) implements Event {}

    /** Somebody wants this key attempted now. */
    record RetryNow(Key key) implements Event {}

    /** Somebody wants this key checked again, or, where it is null, all that is done. */
    record Refresh(@Nullable Key key) implements Event {}

    /** Somebody wants to know what drifted. */
    record Observe(CompletableFuture<DriftReport> report) implements Event {}

    /** This key is paused. */
    record Paused(Key key) implements Event {}

    /** This key is not paused any more. */
    record Resumed(Key key) implements Event {}

    /** A row that others are blocked on may have changed. */
    record BlockerChanged(BlockingRow<?> row) implements Event {}

    /** A reconciler of that table was started or stopped. */
    record PeersChanged(String table) implements Event {}

    /** Somebody waits. */
    record Waiting(Wait waiter) implements Event {}

    /** Somebody who waited has gone. */
    record WaitsNoMore(Wait waiter) implements Event {}

    /** Somebody wants a prune. */
    record PruneNow(CompletableFuture<PruneReport> report) implements Event {}

    /** Somebody has read the held prune of that number and wants it done. */
    record Confirm(long number, CompletableFuture<PruneReport> report) implements Event {}

    /** It shall stop. */
    record Stop() implements Event {}
}
