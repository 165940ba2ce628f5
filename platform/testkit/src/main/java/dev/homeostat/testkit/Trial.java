package dev.homeostat.testkit;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One target under a bench, and what checks do to it. */
final class Trial<T> implements AutoCloseable {
    private static final Options OPTIONS = Options.defaults()
            .withoutPruning()
            .pruneGuard(1000, 1)
            .retrying(Duration.ofMillis(100), Duration.ofMillis(100));

    private final OperationsTest<T> test;
    private final OperationsTarget<T> target;
    private final Watch watch = new Watch();
    private final Map<Integer, Integer> versions = new HashMap<>();
    private OperationsBench<T> bench;

    Trial(OperationsTest<T> test) throws Exception {
        this.test = test;
        this.target = test.target();
        this.bench = begin();
    }

    private OperationsBench<T> begin() {
        return OperationsBench.of(test.table(), test.slot(), table -> watch.around(target.operations(table)), OPTIONS);
    }

    Watch watch() {
        return watch;
    }

    Object look() throws Exception {
        return target.look();
    }

    /** The row of that number, as it was put last. */
    T row(int number) {
        return test.row(number, versions.getOrDefault(number, 1));
    }

    Key key(int number, int version) {
        return bench.key(test.row(number, version));
    }

    void put(int number, int version) {
        versions.put(number, version);
        bench.put(row(number));
    }

    /** These rows, at once. */
    void putAll(int rows, int version) {
        write(0, rows, version);
        bench.advance(Duration.ZERO);
    }

    private void write(int from, int to, int version) {
        bench.database().write(bench.table(), txn -> {
            for (int number = from; number < to; number++) {
                versions.put(number, version);
                bench.table().insert(txn, row(number));
            }
            return null;
        });
    }

    void delete(int number) {
        bench.delete(row(number));
        bench.advance(Duration.ofSeconds(1));
    }

    /** These rows, at once. */
    void deleteAll(int rows) {
        Key[] keys = new Key[rows];
        for (int number = 0; number < rows; number++) {
            keys[number] = bench.key(row(number));
        }
        bench.database().write(bench.table(), txn -> {
            for (Key key : keys) {
                bench.table().delete(txn, test.table().lookup(key));
            }
            return null;
        });
        bench.advance(Duration.ZERO);
    }

    /** Attempts the row once more. */
    void again(int number) {
        bench.reconciler().retry(bench.key(row(number)));
        bench.advance(Duration.ZERO);
    }

    /** Refreshes the row. */
    void refresh(int number) {
        bench.reconciler().refresh(bench.key(row(number)));
        bench.advance(Duration.ofSeconds(1));
    }

    boolean spoil(int number) throws Exception {
        return target.spoil(row(number));
    }

    /** From now on the target refuses that row, or the check does not apply. */
    void refuse(int number) throws Exception {
        Assumptions.assumeTrue(target.refuse(row(number)), "the target cannot be made to refuse a row");
    }

    /** The process begins anew: with an empty table, and the target as it was left. */
    void restart() {
        bench = begin();
    }

    /** Another process, with the same operations and a table of its own, on the same target. */
    OperationsBench<T> elsewhere() {
        return begin();
    }

    PruneReport prune() {
        requirePrune();
        try {
            return bench.prune();
        } catch (CompletionException e) {
            throw new AssertionError("prune fails: " + e.getCause(), e.getCause());
        }
    }

    /** What a prune would do; it does nothing. */
    PruneReport planPrune() {
        bench.reconciler().options(OPTIONS.mode(Mode.PLAN));
        try {
            return prune();
        } finally {
            bench.reconciler().options(OPTIONS);
        }
    }

    /** A prune right after whose search somebody desires these rows again. */
    PruneReport pruneWhileComing(int from, int to, int version) {
        watch.afterPrune(() -> write(from, to, version));
        return prune();
    }

    private void requirePrune() {
        Assumptions.assumeTrue(Watch.prunes(target.operations(bench.table())), "there is no prune");
    }

    /** What a look at all rows finds; where the operations cannot look, the check does not apply. */
    DriftReport observe() {
        CompletableFuture<DriftReport> report = bench.reconciler().observe().toCompletableFuture();
        bench.advance(Duration.ofSeconds(1));
        boolean can =
                !report.isCompletedExceptionally() || !(report.exceptionNow() instanceof UnsupportedOperationException);
        Assumptions.assumeTrue(can, "the operations cannot observe");
        return report.join();
    }

    /** What does not take batches is left out. */
    void assumeBatches() {
        Assumptions.assumeTrue(
                target.operations(bench.table()) instanceof BatchOperations<T>, "the operations take no batches");
    }

    void requireDone(int number, String what) {
        Status status = bench.status(row(number));
        if (status == null || status.kind() != StatusKind.DONE) {
            throw new AssertionError(what + " of " + row(number) + " is not done: " + reason(status));
        }
    }

    void requireAllDone(int rows, String what) {
        for (int number = 0; number < rows; number++) {
            requireDone(number, what);
        }
    }

    void requireGone(int number, String what) {
        Status status = bench.status(row(number));
        if (status != null) {
            throw new AssertionError(what + " of " + row(number) + " is not done: " + reason(status));
        }
    }

    void requireFailed(int number, String complaint) {
        Status status = bench.status(row(number));
        if (status == null || status.kind() != StatusKind.ERROR) {
            throw new AssertionError(complaint);
        }
    }

    private static String reason(@Nullable Status status) {
        String error = status == null ? "nothing is known of it" : status.error();
        return error == null ? String.valueOf(status) : error;
    }

    /** Requires that the target is as one on which nothing ever happened but the updates of these rows, one by one. */
    void requireAsFresh(String what, int rows, int version) throws Exception {
        Object should = fresh(rows, version);
        Object is = look();
        if (!is.equals(should)) {
            throw new AssertionError(what + ": the target is " + is + ", and should be " + should);
        }
    }

    /** Requires that the target looks as it did before. */
    void requireSame(Object before, String what) throws Exception {
        Object is = look();
        if (!is.equals(before)) {
            throw new AssertionError(what + ": the target was " + before + ", and is " + is);
        }
    }

    /** What needs a change that did not come about is left out; another check tells why it did not. */
    void assumeChanged(Object before, String otherwise) throws Exception {
        Assumptions.assumeFalse(look().equals(before), otherwise);
    }

    private Object fresh(int rows, int version) throws Exception {
        try (Trial<T> fresh = new Trial<>(test)) {
            for (int number = 0; number < rows; number++) {
                fresh.put(number, version);
                fresh.requireDone(number, "on a fresh target, update");
            }
            return fresh.look();
        }
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
