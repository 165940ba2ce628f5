package dev.homeostat.testkit;

import dev.homeostat.api.reconcile.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/** What updates and deletes get wrong easily in their target. */
enum TargetChecks implements TrialCheck {
    UPDATE("update makes the target as the row desires") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            Object empty = trial.look();
            trial.put(0, 1);
            trial.requireDone(0, "update");
            if (trial.look().equals(empty)) {
                throw new AssertionError("update of " + trial.row(0)
                        + " said that it is done, and the target looks as before: " + empty);
            }
        }
    },

    MANY("update does so for each of many rows that come together") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(5, 1);
            trial.requireAllDone(5, "update");
            trial.requireAsFresh("update of five rows that came together", 5, 1);
        }
    },

    IDEMPOTENT("update is idempotent") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.requireDone(0, "update");
            Object once = trial.look();
            trial.again(0);
            trial.requireDone(0, "update is not idempotent: the second update");
            if (!trial.look().equals(once)) {
                throw new AssertionError("update is not idempotent: after the first time the target was " + once
                        + ", after the second time, for the same row, " + trial.look());
            }
        }
    },

    CHANGE("update leaves nothing of what the row desired before") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.put(0, 2);
            trial.requireDone(0, "update");
            trial.requireAsFresh("update of a row that desired something else before", 1, 2);
        }
    },

    DELETE("delete removes what the row stood for, and no more") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(3, 1);
            trial.requireAllDone(3, "update");
            trial.delete(2);
            trial.requireGone(2, "delete");
            trial.requireAsFresh("delete of one of three rows", 2, 1);
        }
    },

    DELETE_OF_THE_MISSING("delete of what is not there is success") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.requireDone(0, "update");
            trial.watch().loseAnswers();
            trial.delete(0);
            trial.requireGone(
                    0,
                    "delete of what is not there fails, and it must be success: an earlier attempt has removed it,"
                            + " and its answer was lost; delete");
        }
    },

    RESTART("operations that begin anew find the target as they left it") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(3, 1);
            trial.requireAllDone(3, "update");
            trial.restart();
            trial.putAll(3, 1);
            trial.requireAllDone(3, FORGETS + "update");
            trial.requireAsFresh(FORGETS + "update of three rows that are done already", 3, 1);
            trial.delete(2);
            trial.requireGone(2, FORGETS + "delete");
            trial.requireAsFresh(FORGETS + "delete of one of three rows", 2, 1);
        }
    },

    REPAIRS("update repairs what others did to the target") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.requireDone(0, "update");
            Object made = trial.look();
            OperationsBench<T> elsewhere = trial.elsewhere();
            elsewhere.put(test.row(0, 1));
            elsewhere.delete(test.row(0, 1));
            elsewhere.advance(Duration.ofSeconds(1));
            trial.assumeChanged(made, "another process could not delete it");
            trial.refresh(0);
            trial.requireAsFresh(TRUSTS + "; another process deleted what the row stands for", 1, 1);
            elsewhere.put(test.row(0, 2));
            trial.refresh(0);
            trial.requireAsFresh(TRUSTS + "; another process made it as version 2 desires", 1, 1);
        }
    },

    REPAIRS_THE_SPOILT("update repairs what was spoilt behind its back") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.requireDone(0, "update");
            Object before = trial.look();
            Assumptions.assumeTrue(trial.spoil(0), "the target cannot be spoilt");
            if (trial.look().equals(before)) {
                throw new AssertionError("spoil said that it spoilt the target, which looks as before: " + before);
            }
            trial.refresh(0);
            trial.requireDone(0, "update");
            if (!trial.look().equals(before)) {
                throw new AssertionError("update does not repair drift: the target was " + before
                        + ", was then spoilt, and after another update is " + trial.look());
            }
        }
    },

    LEARNED("what update learned changes the row that is there, and does not replace it") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.put(0, 1);
            trial.requireDone(0, "update");
            Outcome.Learned<?> learned = trial.watch().learned();
            Assumptions.assumeTrue(learned != null, "nothing is learned for the row");
            if (learned != null && applied(learned, trial.row(0)).equals(applied(learned, test.row(0, 2)))) {
                throw new AssertionError("what update of " + trial.row(0) + " learned replaces the row: the function"
                        + " makes " + applied(learned, test.row(0, 2)) + " of every row, and would undo what others"
                        + " wrote into it meanwhile; change the row that the function is given");
            }
        }
    },

    ENDS("update and delete end when they are cancelled") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            new CancelledCheck().run(test);
        }
    };

    private static final String FORGETS =
            "after a restart of the process, which takes with it what operations keep in memory: ";
    private static final String TRUSTS = "update does not repair drift: it trusts its memory, or another attempt's,"
            + " instead of looking at the target";

    private final String title;

    TargetChecks(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    private static <R> Object applied(Outcome.Learned<R> learned, Object row) {
        return learned.change().apply(learned.rowType().cast(row));
    }
}
