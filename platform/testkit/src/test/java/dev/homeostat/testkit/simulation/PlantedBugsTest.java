package dev.homeostat.testkit.simulation;

import static dev.homeostat.plants.Plant.inReconciler;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.plants.Plant;
import dev.homeostat.plants.PlantedClasses;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A simulator that finds nothing may be blind: it must find each of these bugs, once made or nearly made by somebody somewhere, within so many seeds. */
final class PlantedBugsTest {
    private static final int MOST_SEEDS = 200;
    private static final int STEPS = 150;

    /** The bugs. */
    static final List<Plant> PLANTS = List.of(
            inReconciler(
                    "NewWorks.java",
                    "a status of another reconciler counts as a change, and drops the retry that waits",
                    "work.row = change.row(); work.revision = change.revision(); return false;",
                    """
                    if (work.cause == Cause.RETRY) {
                        backlog.superseded(work);
                    }
                    return false;
                    """),
            inReconciler(
                    "NewWorks.java",
                    "a status of another reconciler counts as a change, and supersedes the refresh that runs",
                    "work.row = change.row(); work.revision = change.revision(); return false;",
                    """
                    if (work.cause == Cause.REFRESH) {
                        backlog.superseded(work);
                    }
                    return false;
                    """),
            inReconciler(
                    "RowCommit.java",
                    "a stale result overwrites a new Pending",
                    "return slot.generation(row.value(), row.revision()) == record.status().generation() ?",
                    "return record.status().generation() > 0 ?"),
            inReconciler(
                    "RowOperations.java",
                    "a queued delete removes a row that was created again",
                    "return delete ? row == null :",
                    "return delete ? true :"),
            inReconciler(
                    "Pruner.java",
                    "the failure of a prune vanishes from health",
                    "failed(failed(finished), false);",
                    ""),
            inReconciler(
                    "Slots.java",
                    "one slow operation blocks all: who was abandoned keeps its slot",
                    "return inTheAir.size() + filling.size() + alone.size();",
                    "return inTheAir.size() + filling.size() + alone.size() + abandoned.size();"),
            inReconciler(
                    "Removals.java",
                    "a prune from an old snapshot removes what a parallel update just made",
                    "return setup.row(txn, key) != null;",
                    "return false;"),
            inReconciler(
                    "Flight.java",
                    "the interrupt of one operation leaks into the next",
                    "Thread.interrupted(); // was meant for what ended, or is its doing",
                    ""),
            inReconciler(
                    "Backlog.java",
                    "a blocked row is not woken",
                    "void wake(Work<T> work, long now) { if (work.state != State.BLOCKED) {",
                    "void wake(Work<T> work, long now) { if (work.state != State.GONE) {"),
            inReconciler(
                    "Batch.java",
                    "a batch entry left unset counts as done",
                    "ready.get(i).leave(Outcome.retry(\"the batch left it without a result\"));",
                    "ready.get(i).leave(Outcome.done());"),
            inReconciler(
                    "RowOperations.java",
                    "a retry or a change begins although its row is paused",
                    "if (setup.paused().contains(work.key)) { backlog.hold(work); return false; }",
                    ""),
            inReconciler(
                    "Core.java",
                    "who wants rows checked is not heard",
                    "case Event.Refresh refresh -> refresh(refresh.key(), now);",
                    "case Event.Refresh refresh -> {}"),
            inReconciler("Backlog.java", "a wait is not told that what it waits for was superseded", """
                work.settled = true;
                waits.after(work);
                retire(work);
                }

                void clear() {
                """, """
                waits.after(work);
                retire(work);
                }

                void clear() {
                """));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @FieldSource("PLANTS")
    void simulator_onAPlantedBug_findsIt(Plant plant) throws Exception {
        long found = 0;
        String complaint = null;
        try (PlantedClasses classes = PlantedClasses.with(plant, directory)) {
            Method simulate = classes.load(Simulation.class.getName()).getMethod("complaint", long.class, int.class);
            for (long seed = 1; seed <= MOST_SEEDS && complaint == null; seed++) {
                complaint = (String) simulate.invoke(null, seed, STEPS);
                found = seed;
            }
        }
        assertThat(complaint).as("%s: not found in %d seeds", plant, MOST_SEEDS).isNotNull();
        System.out.println(plant + ": found with seed " + found + ": " + complaint);
    }
}
