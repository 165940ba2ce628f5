package dev.homeostat.testkit;

import dev.homeostat.api.reconcile.DriftReport;
import java.time.Duration;
import java.util.List;

/** Whether operations tell the truth of what they did, and of what they see. */
enum ReportChecks implements TrialCheck {
    BATCH("a batch says of each entry what came of it") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.assumeBatches();
            trial.putAll(5, 1);
            requireNoFault(trial);
            trial.putAll(5, 1);
            trial.putAll(5, 2);
            requireNoFault(trial);
            trial.deleteAll(5);
            requireNoFault(trial);
        }

        private void requireNoFault(Trial<?> trial) {
            List<String> faults = trial.watch().batchFaults();
            if (!faults.isEmpty()) {
                throw new AssertionError(faults.getFirst());
            }
        }
    },

    REFUSED_UPDATE("update tells when the target refuses a row, and does the others") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.refuse(1);
            trial.putAll(3, 1);
            trial.requireFailed(
                    1,
                    "update hides what went wrong: the target refuses " + trial.row(1)
                            + ", and update said that it is done" + HIDES);
            trial.requireDone(0, "the target refuses " + trial.row(1) + NEIGHBOUR + "update");
            trial.requireDone(2, "the target refuses " + trial.row(1) + NEIGHBOUR + "update");
        }
    },

    REFUSED_DELETE("delete tells when the target refuses a row, and does the others") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(3, 1);
            trial.requireAllDone(3, "update");
            trial.refuse(1);
            trial.deleteAll(3);
            trial.requireFailed(
                    1,
                    "delete hides what went wrong: the target refuses " + trial.row(1)
                            + ", and delete said that it is done" + HIDES);
            trial.requireGone(0, "the target refuses " + trial.row(1) + NEIGHBOUR + "delete");
            trial.requireGone(2, "the target refuses " + trial.row(1) + NEIGHBOUR + "delete");
        }
    },

    OBSERVE("observe tells drift from what is as desired, and changes nothing") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(3, 1);
            trial.requireAllDone(3, "update");
            Object made = trial.look();
            DriftReport report = trial.observe();
            trial.requireSame(made, "observe changes the target, and must only look");
            if (report.inSync() != 3) {
                throw new AssertionError("observe finds drift where there is none: right after the updates it says "
                        + report.findings());
            }
            OperationsBench<T> elsewhere = trial.elsewhere();
            elsewhere.put(test.row(0, 1));
            elsewhere.delete(test.row(0, 1));
            elsewhere.advance(Duration.ofSeconds(1));
            trial.assumeChanged(made, "another process could not delete it");
            Object spoilt = trial.look();
            report = trial.observe();
            trial.requireSame(spoilt, "observe changes the target, and must only look");
            if (report.drifted() != 1) {
                throw new AssertionError("observe does not see drift: what " + trial.row(0)
                        + " stands for was deleted by another process, and it says " + report);
            }
        }
    };

    private static final String HIDES = "; throw what went wrong, or return an Outcome that says so";
    private static final String NEIGHBOUR =
            ", and others must not suffer from it (a batch says of each entry what came of"
                    + " it, or lets bisect find the one to blame); ";

    private final String title;

    ReportChecks(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
