package dev.homeostat.testkit;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Assumptions;

/** One target under a bench, and what checks do to it. */
final class Trial<T> implements AutoCloseable {
    private static final Options OPTIONS = Options.defaults()
            .withoutPruning()
            .pruneGuard(1000, 1)
            .retrying(Duration.ofMillis(100), Duration.ofMillis(100));

    private final OperationsTest<T> test;
    private final OperationsTarget<T> target;
    private OperationsBench<T> bench;
    private final List<String> forgotten = new ArrayList<>();
    private boolean answersAreLost;

    Trial(OperationsTest<T> test) throws Exception {
        this.test = test;
        this.target = test.target();
        this.bench = begin();
    }

    private OperationsBench<T> begin() {
        return OperationsBench.of(test.table(), test.slot(), this::operations, OPTIONS);
    }

    Object look() throws Exception {
        return target.look();
    }

    void put(int number, int version) {
        bench.put(test.row(number, version));
    }

    void putAll(int rows, int version) {
        List<T> all = new ArrayList<>();
        for (int number = 0; number < rows; number++) {
            all.add(test.row(number, version));
        }
        bench.database().write(bench.table(), txn -> {
            all.forEach(row -> bench.table().insert(txn, row));
            return null;
        });
        bench.advance(Duration.ZERO);
    }

    void delete(int number) {
        bench.delete(test.row(number, 1));
        bench.advance(Duration.ofSeconds(1));
    }

    void deleteAll(int rows) {
        List<Key> keys = new ArrayList<>();
        for (int number = 0; number < rows; number++) {
            keys.add(bench.key(test.row(number, 1)));
        }
        bench.database().write(bench.table(), txn -> {
            keys.forEach(key -> bench.table().delete(txn, test.table().lookup(key)));
            return null;
        });
        bench.advance(Duration.ZERO);
    }

    /** Whether the operations take batches; what does not apply to others is left out. */
    void assumeBatches() {
        Assumptions.assumeTrue(
                target.operations(bench.table()) instanceof BatchOperations<T>, "the operations take no batches");
    }

    void requireAllSaid() {
        if (!forgotten.isEmpty()) {
            throw new AssertionError("a batch forgets an entry: " + forgotten.getFirst()
                    + "; each entry needs result(…) before the call returns, or throw what went wrong: one that is"
                    + " left without has failed, and is tried again");
        }
    }

    /** Attempts the row once more. */
    void again(int number) {
        Key key = bench.key(test.row(number, 1));
        bench.reconciler().retry(key);
        bench.advance(Duration.ZERO);
    }

    boolean spoil(int number) throws Exception {
        return target.spoil(test.row(number, 1));
    }

    /** From now on each delete is done, and its answer lost, the first time. */
    void loseAnswers() {
        answersAreLost = true;
    }

    /** The process begins anew: with an empty table, and the target as it was left. */
    void restart() {
        bench = begin();
    }

    PruneReport prune() throws Exception {
        Assumptions.assumeTrue(LosingAnswers.prunes(target.operations(bench.table())), "there is no prune");
        try {
            return bench.prune();
        } catch (CompletionException e) {
            throw new AssertionError("prune fails: " + e.getCause(), e.getCause());
        }
    }

    void requireDone(int number) {
        requireDone(number, "update");
    }

    void requireDone(int number, String what) {
        Status status = bench.status(test.row(number, 1));
        if (status == null || status.kind() != StatusKind.DONE) {
            throw new AssertionError(what + " of " + test.row(number, 1) + " is not done: "
                    + (status == null ? "nothing is known of it" : status.error() == null ? status : status.error()));
        }
    }

    void requireGone(int number, String what) {
        Status status = bench.status(test.row(number, 1));
        if (status != null) {
            throw new AssertionError(what + " of " + test.row(number, 1) + " is not done: "
                    + (status.error() == null ? status : status.error()));
        }
    }

    /** Requires that the target is as one on which nothing ever happened but the updates of these rows. */
    void requireAsFresh(String what, int rows, int version) throws Exception {
        try (Trial<T> fresh = new Trial<>(test)) {
            fresh.putAll(rows, version);
            Object should = fresh.look();
            Object is = look();
            if (!is.equals(should)) {
                throw new AssertionError(what + ": the target is " + is + ", and should be " + should);
            }
        }
    }

    private Operations<T> operations(dev.homeostat.api.db.RWTable<T> table) {
        Operations<T> operations = target.operations(table);
        return operations instanceof BatchOperations<T> batches
                ? new WatchedBatches<>(batches, () -> answersAreLost, forgotten)
                : new LosingAnswers<>(operations, () -> answersAreLost);
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
