package dev.homeostat.testkit;

import dev.homeostat.api.reconcile.PruneReport;

/** What prunes get wrong easily. */
enum PruneChecks implements TrialCheck {
    SPARES("prune leaves what is desired alone") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            trial.putAll(3, 1);
            trial.requireAllDone(3, "update");
            Object before = trial.look();
            PruneReport report = trial.prune();
            if (!report.removed().isEmpty() || !report.spared().isEmpty()) {
                throw new AssertionError("prune registers what is desired: it would remove "
                        + (report.removed().isEmpty() ? report.spared() : report.removed())
                        + " although all three rows are desired");
            }
            trial.requireSame(before, "prune changes what is desired");
        }
    },

    REGISTERS("prune registers what it finds, and removes nothing itself") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            leaveTwo(trial);
            Object before = trial.look();
            trial.planPrune();
            trial.requireSame(
                    before,
                    "prune removes by itself what it should register: it was asked in mode PLAN, in which nothing"
                            + " changes; give context.remove(…) an action, and the reconciler runs it, unless the row"
                            + " came back or its guard holds the prune");
        }
    },

    REMOVES("prune finds all that is left over") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            leaveTwo(trial);
            PruneReport report = trial.prune();
            requireNoneFailed("a removal that prune registered failed", report);
            if (!report.spared().isEmpty()) {
                throw new AssertionError("prune registers leftovers under the key of a row that is desired, so they are"
                        + " spared: " + report.spared() + "; the key is that of the row that it would belong to");
            }
            trial.requireAsFresh(
                    "prune misses leftovers: after a prune with two of four rows desired, the target", 2, 1);
        }
    },

    REMOVES_THE_MISSING("a removal of what is not there is success") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            leaveTwo(trial);
            trial.watch().removeTwice();
            requireNoneFailed(
                    "a removal of what is not there fails, and it must be success: an earlier one has removed it, and"
                            + " its answer was lost",
                    trial.prune());
        }
    },

    KEYS("prune registers a leftover under the key of its row") {
        @Override
        public <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception {
            leaveTwo(trial);
            PruneReport report = trial.pruneWhileComing(2, 4, 1);
            if (!report.removed().isEmpty()) {
                throw new AssertionError("prune removes rows that came back while it ran: " + report.removed()
                        + " are desired again, and were not recognized, because they are registered under another"
                        + " key than that of their row, or with a test that does not look at the newest snapshot");
            }
        }
    };

    private final String title;

    PruneChecks(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    /** Four rows were there before the process began anew; two of them are desired still. */
    private static void leaveTwo(Trial<?> trial) {
        trial.putAll(4, 1);
        trial.requireAllDone(4, "update");
        trial.restart();
        trial.putAll(2, 1);
        trial.requireAllDone(2, "after a restart, update");
    }

    private static void requireNoneFailed(String what, PruneReport report) {
        if (!report.failed().isEmpty()) {
            throw new AssertionError(what + ": " + report.failed());
        }
    }
}
