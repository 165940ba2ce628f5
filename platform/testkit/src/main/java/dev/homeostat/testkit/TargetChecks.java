package dev.homeostat.testkit;

import dev.homeostat.api.reconcile.PruneReport;
import org.junit.jupiter.api.Assumptions;

/** What operations get wrong easily, each on a fresh target, with the production reconciler around them. */
enum TargetChecks implements OperationsCheck {
    UPDATE("update makes the target as the row desires") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            Object empty = trial.look();
            trial.put(0, 1);
            trial.requireDone(0);
            if (trial.look().equals(empty)) {
                throw new AssertionError("update of " + test.row(0, 1)
                        + " said that it is done, and the target looks as before: " + empty);
            }
        }
    },

    MANY("update does so for each of many rows that come together") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(5, 1);
            for (int number = 0; number < 5; number++) {
                trial.requireDone(number);
            }
            trial.requireAsFresh("update of five rows that came together", 5, 1);
        }
    },

    BATCH("a batch says of each entry what came of it") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.assumeBatches();
            trial.putAll(5, 1);
            trial.requireAllSaid();
            trial.putAll(5, 1);
            trial.putAll(5, 2);
            trial.requireAllSaid();
            trial.deleteAll(5);
            trial.requireAllSaid();
        }
    },

    IDEMPOTENT("update is idempotent") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.requireDone(0);
            Object once = trial.look();
            trial.again(0);
            trial.requireDone(0, "update is not idempotent: run again on the row that it has already brought about,");
            if (!trial.look().equals(once)) {
                throw new AssertionError("update is not idempotent: after the first time the target was " + once
                        + ", after the second time, for the same row, " + trial.look());
            }
        }
    },

    CHANGE("update leaves nothing of what the row desired before") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.put(0, 2);
            trial.requireDone(0);
            trial.requireAsFresh("update of a row that desired something else before", 1, 2);
        }
    },

    DELETE("delete removes what the row stood for, and no more") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(3, 1);
            trial.delete(2);
            trial.requireGone(2, "delete");
            trial.requireAsFresh("delete of one of three rows", 2, 1);
        }
    },

    DELETE_OF_THE_MISSING("delete of what is not there is success") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.loseAnswers();
            trial.delete(0);
            trial.requireGone(
                    0,
                    "delete of what is not there fails, and it must be success: an earlier attempt has removed it,"
                            + " and its answer was lost; delete");
        }
    },

    PRUNE_SPARES("prune leaves what is desired alone") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(3, 1);
            Object before = trial.look();
            PruneReport report = trial.prune();
            if (!report.removed().isEmpty()
                    || !report.spared().isEmpty()
                    || !trial.look().equals(before)) {
                throw new AssertionError("prune registers what is desired: it would remove "
                        + (report.removed().isEmpty() ? report.spared() : report.removed())
                        + " although all three rows are desired");
            }
        }
    },

    PRUNE_REMOVES("prune finds all that is left over") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(4, 1);
            trial.restart();
            trial.putAll(2, 1);
            PruneReport report = trial.prune();
            if (!report.failed().isEmpty()) {
                throw new AssertionError("a removal that prune registered failed: " + report.failed());
            }
            trial.requireAsFresh(
                    "prune misses leftovers: after a prune with two of four rows desired, the target", 2, 1);
        }
    },

    REPAIRS("update repairs what was spoilt behind its back") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            Object before = trial.look();
            Assumptions.assumeTrue(trial.spoil(0), "the target cannot be spoilt");
            if (trial.look().equals(before)) {
                throw new AssertionError("spoil said that it spoilt the target, which looks as before: " + before);
            }
            trial.again(0);
            trial.requireDone(0);
            if (!trial.look().equals(before)) {
                throw new AssertionError("update does not repair drift: the target was " + before
                        + ", was then spoilt, and after another update is " + trial.look());
            }
        }
    },

    ENDS("update and delete end when they are cancelled") {
        @Override
        <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            new CancelledCheck().run(test);
        }
    };

    private final String title;

    TargetChecks(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception;

    @Override
    public <T> void run(OperationsTest<T> test) throws Exception {
        try (Trial<T> trial = new Trial<>(test)) {
            check(test, trial);
        }
    }
}
