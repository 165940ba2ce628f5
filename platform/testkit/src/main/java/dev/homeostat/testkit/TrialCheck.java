package dev.homeostat.testkit;

import java.util.ArrayList;
import java.util.List;

/** A check of one thing, on a fresh target with the production reconciler around the operations. */
interface TrialCheck extends OperationsCheck {
    /** All of them, in the order in which they are best read. */
    static List<TrialCheck> all() {
        List<TrialCheck> all = new ArrayList<>();
        all.addAll(List.of(TestChecks.values()));
        all.addAll(List.of(TargetChecks.values()));
        all.addAll(List.of(ReportChecks.values()));
        all.addAll(List.of(PruneChecks.values()));
        return all;
    }

    /** What is so where it passes. */
    String title();

    <T> void check(OperationsTest<T> test, Trial<T> trial) throws Exception;

    @Override
    default <T> void run(OperationsTest<T> test) throws Exception {
        try (Trial<T> trial = new Trial<>(test)) {
            try {
                check(test, trial);
            } catch (AssertionError complaint) {
                throw trial.watch().explained(complaint);
            }
        }
    }
}
