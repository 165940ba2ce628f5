package dev.homeostat.api.flow;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.stability.Experimental;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * Publishes the changes of a table to reactive streams. In a plugin: {@code ChangePublisher.of(context.database(), memos, context.scheduler())}.
 *
 * <h2>What a subscriber gets</h2>
 *
 * Each subscriber follows the table by itself, from its beginning on: the rows that exist come first, as updates, then every update and delete in the order of
 * their revisions. The table is the buffer. A subscriber that asks for little misses nothing, but gets a row that changed five times meanwhile once, in its
 * newest state, and one that came and went as a delete only. Deleted rows are kept for it until it has seen them: cancel what is not needed.
 *
 * <h2>How it ends</h2>
 *
 * A table does not end, so there is no {@code onComplete}, but for {@link #upToNow()}. When the table is removed, a subscriber that waits for changes gets {@code
 * onError} with {@link dev.homeostat.api.db.TableRemovedException}; one that had asked for no more, as soon as it asks. A subscriber that throws is cancelled, and
 * logged. A subscription that was cancelled leaves nothing behind, and neither does one that asked for no more and became unreachable.
 *
 * <h2>Threads</h2>
 *
 * There is no thread here. Signals run on the given executor, one after another for each subscriber; it must not run tasks on the thread that brings them,
 * which may be one that commits. An executor that refuses ends the subscription: with {@code onError} when it was the subscriber who asked, on its own thread;
 * without a signal, and logged, when it was a commit.
 *
 * <p>Keeps the rules of Reactive Streams 1.0.4. Immutable; safe for all threads.
 *
 * @param <T> the type of the rows
 */
@Experimental
public final class ChangePublisher<T> implements Flow.Publisher<Change<T>> {
    private final Database database;
    private final Table<T> table;
    private final Executor executor;
    private final boolean finite;

    private ChangePublisher(Database database, Table<T> table, Executor executor, boolean finite) {
        this.database = requireNonNull(database, "database");
        this.table = requireNonNull(table, "table");
        this.executor = requireNonNull(executor, "executor");
        this.finite = finite;
    }

    /**
     * A publisher of all changes. Opens nothing until somebody subscribes.
     *
     * @param database the table's
     * @param executor runs all signals, such as a {@link dev.homeostat.api.schedule.Scheduler}
     */
    public static <T> ChangePublisher<T> of(Database database, Table<T> table, Executor executor) {
        return new ChangePublisher<>(database, table, executor, false);
    }

    /**
     * The same, but a subscriber gets the rows that exist when it subscribes, as updates, and then {@code onComplete}. The snapshot is held until then.
     */
    public ChangePublisher<T> upToNow() {
        return new ChangePublisher<>(database, table, executor, true);
    }

    /**
     * Begins to follow the table for this subscriber.
     *
     * @throws NullPointerException if there is none; everything else is told to it by {@code onError}, after {@code onSubscribe}
     */
    @Override
    public void subscribe(Flow.Subscriber<? super Change<T>> subscriber) {
        ChangeSubscription<T> subscription =
                new ChangeSubscription<>(database, table, executor, requireNonNull(subscriber, "subscriber"));
        subscription.begin(finite);
    }
}
