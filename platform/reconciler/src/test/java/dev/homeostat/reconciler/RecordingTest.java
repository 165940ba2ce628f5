package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the JVM shows of a reconciler. */
final class RecordingTest {
    private static final Options OPTIONS =
            Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10)).rounds(1000, 1000);

    @TempDir
    Path directory;

    private final Lab lab = new Lab();

    @Test
    void anOperation_isAnEventThatNamesRowCauseAndOutcome() throws IOException {
        lab.putAll("a", "b");
        lab.target.next("a", Fault.error("no route"));
        List<RecordedEvent> events = record("Operation", Duration.ZERO, () -> {
            lab.run(OPTIONS);
            lab.advance(Duration.ofSeconds(10));
        });

        assertThat(events)
                .extracting(event -> String.join(
                        " ",
                        event.getString("reconciler"),
                        event.getString("operation"),
                        event.getString("key"),
                        event.getString("cause"),
                        String.valueOf(event.getInt("attempt")),
                        event.getString("outcome"),
                        event.getString("error")))
                .containsExactlyInAnyOrder(
                        "items/lab update a CHANGE 1 failed no route",
                        "items/lab update b CHANGE 1 done null",
                        "items/lab update a RETRY 2 done null");
        assertThat(events).allMatch(event -> event.getInt("rows") == 1);
    }

    @Test
    void aBatch_isOneEvent() throws IOException {
        lab.putAll("a", "b", "c");
        BatchTarget batches = new BatchTarget();
        List<RecordedEvent> events = record("Operation", Duration.ZERO, () -> {
            lab.start("lab", batches, OPTIONS);
            lab.clock.runUntilIdle();
        });

        assertThat(events).hasSize(1).first().satisfies(event -> {
            assertThat(event.getString("operation")).isEqualTo("update");
            assertThat(event.getInt("rows")).isEqualTo(3);
            assertThat(event.getString("outcome")).isEqualTo("done");
        });
    }

    @Test
    void aRound_isAnEventFromItsFirstOperationToTheCommitOfItsStatuses() throws IOException {
        lab.putAll("a", "b", "c");
        lab.breakFor("a", "no route");
        List<RecordedEvent> events = record("Round", Duration.ZERO, () -> lab.run(OPTIONS));

        assertThat(events).allMatch(event -> event.getString("reconciler").equals("items/lab"));
        assertThat(events.stream().mapToLong(event -> event.getLong("started")).sum())
                .isEqualTo(3);
        assertThat(events.stream().mapToLong(event -> event.getInt("statuses")).sum())
                .isEqualTo(3);
        assertThat(events.stream().mapToLong(event -> event.getInt("failures")).sum())
                .isEqualTo(1);
        // By the given clock, which stands still here; the host's test has one that runs.
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getDuration("writeTime")).isZero());
    }

    @Test
    void aPrune_isAnEventWithItsResult() throws IOException {
        lab.putAll("a", "b");
        lab.target.tamper("stray", new Item("stray", "x"));
        List<RecordedEvent> events = record("Prune", Duration.ZERO, () -> lab.run(Options.defaults()));

        assertThat(events).hasSize(1).first().satisfies(event -> {
            assertThat(event.getString("reconciler")).isEqualTo("items/lab");
            assertThat(event.getString("result")).isEqualTo("done");
            assertThat(event.getInt("removed")).isEqualTo(1);
            assertThat(event.getInt("failed")).isZero();
        });
    }

    @Test
    void aPruneThatTheStopEnds_isAnEventToo() throws IOException {
        Gate gate = lab.clock.gate();
        lab.putAll("a", "b", "c", "d");
        for (String stray : List.of("one", "other")) {
            lab.target.tamper(stray, new Item(stray, "x"));
            lab.target.next(stray, Fault.hanging(gate));
        }
        List<RecordedEvent> events = record("Prune", Duration.ZERO, () -> {
            RunningReconciler<Item> reconciler = lab.run(Options.defaults().concurrency(1));
            reconciler.stop();
            lab.advance(Duration.ofMinutes(5));
        });
        gate.open();
        lab.clock.runUntilIdle();

        assertThat(events).extracting(event -> event.getString("result")).containsExactly("stopped");
    }

    @Test
    void theSearchOfAPruneAndItsRemovals_areOperations() throws IOException {
        lab.put("a", "1");
        lab.target.tamper("stray", new Item("stray", "x"));
        assertThat(record("Operation", Duration.ZERO, () -> lab.run(Options.defaults())))
                .extracting(event -> event.getString("operation") + " " + event.getString("key"))
                .containsExactlyInAnyOrder("update a", "prune ", "prune stray");
    }

    @Test
    void whatIsShorterThanTheThreshold_isNoEvent() throws IOException {
        lab.putAll("a");
        assertThat(record("Operation", Duration.ofHours(1), () -> lab.run(OPTIONS)))
                .isEmpty();
    }

    private static boolean isNamed(RecordedEvent event, String name) {
        return event.getEventType().getName().equals("dev.homeostat." + name);
    }

    private List<RecordedEvent> record(String name, Duration threshold, Runnable work) throws IOException {
        Path file = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.homeostat." + name).withThreshold(threshold);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> isNamed(event, name))
                .toList();
    }
}
