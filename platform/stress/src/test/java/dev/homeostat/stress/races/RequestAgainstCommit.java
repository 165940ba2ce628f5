package dev.homeostat.stress.races;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.flow.ChangePublisher;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A subscriber asks for changes while one is committed: the rows that were there when it asked, the changes that it was given when all was quiet, and after one
 * more commit.
 */
@JCStressTest
@Outcome(
        id = {"0, 1, 2", "1, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "each change once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a change or a request was overheard, or a change came twice")
@State
public class RequestAgainstCommit {
    private final Tasks tasks = new Tasks();
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private final Follower follower = new Follower();

    /** A subscription without demand. */
    public RequestAgainstCommit() {
        ChangePublisher.of(db, table, tasks).subscribe(follower);
        tasks.runAll();
    }

    /** The writer. */
    @Actor
    public void commit() {
        insert(1);
        tasks.runAll();
    }

    /** The subscriber. */
    @Actor
    public void request(III_Result seen) {
        seen.r1 = (int) table.count(db.readTxn());
        requireNonNull(follower.subscription).request(10);
        tasks.runAll();
    }

    /** Looks, commits once more, and looks again. */
    @Arbiter
    public void end(III_Result seen) {
        tasks.runAll();
        seen.r2 = follower.given;
        insert(2);
        tasks.runAll();
        seen.r3 = follower.given;
        requireNonNull(follower.subscription).cancel();
    }

    private void insert(long id) {
        db.write(table, txn -> table.insert(txn, new Item(id, 0)));
    }

    private static final class Follower implements Flow.Subscriber<Change<Item>> {
        private Flow.@Nullable Subscription subscription;
        private volatile int given;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // signals come one after another
        public void onNext(Change<Item> change) {
            given++;
        }

        @Override
        public void onError(Throwable throwable) {
            throw new IllegalStateException(throwable);
        }

        @Override
        public void onComplete() {}
    }
}
