package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a reconciler tells of itself: health, counts, metrics, log. */
final class HealthTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));

    @Test
    void promise_B10_okWithTheObjectCount() {
        Lab lab = new Lab();
        lab.putAll("a", "b", "c");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.health().message()).isEqualTo("OK, 3 object(s)");
        assertThat(reconciler.health().objects()).isEqualTo(3);
    }

    @Test
    void promise_B10_deletesThatWereNotComeToAreObjectsAndQueued() {
        Lab lab = new Lab();
        lab.putAll("a", "b", "c");
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < 500; i++) {
                lab.items.insert(txn, new Item("i" + i, "1"));
            }
            return null;
        });
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.options(OPTIONS.rounds(100, 100));
        lab.clock.runUntilIdle();
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < 500; i++) {
                lab.items.delete(txn, Item.NAME.query("i" + i));
            }
            return null;
        });
        lab.clock.runUntilIdle();
        int left = lab.target.objects().size() - 3;
        assertThat(left).as("half-way").isBetween(1, 499);
        assertThat(reconciler.health().objects()).isEqualTo(left + 3);
        assertThat(reconciler.health().message())
                .isEqualTo("OK, " + (left + 3) + " object(s), " + left + " of them to be deleted");
        assertThat(reconciler.stats().queued()).isEqualTo(left);

        lab.advance(Duration.ofSeconds(30));
        assertThat(reconciler.health().message()).isEqualTo("OK, 3 object(s)");
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B10_degradedWithAtMostTenOfTheErrors() {
        Lab lab = new Lab();
        for (int i = 0; i < 15; i++) {
            lab.put("i" + i, "1");
            lab.breakFor("i" + i, "no route " + i);
        }
        lab.put("good", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.health().ok()).isFalse();
        assertThat(reconciler.health().failing()).isEqualTo(15);
        assertThat(reconciler.health().message()).isEqualTo("15 of 16 object(s) fail");
        assertThat(reconciler.health().failures()).hasSize(10);
        assertThat(reconciler.health().failures().getFirst().status().error()).isEqualTo("no route 0");
    }

    @Test
    void promise_B10_aFailureTellsSinceWhenTheRowFails_whichAChangeOfItBeginsAnew() {
        Lab lab = new Lab();
        lab.put("a", "1");
        lab.breakFor("a", "no route");
        Instant began = lab.clock.instant();
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(30));
        assertThat(reconciler.failures().findFirst().orElseThrow()).satisfies(failing -> {
            assertThat(failing.since()).isEqualTo(began);
            assertThat(failing.status().updatedAt()).isAfter(began);
        });
        lab.put("a", "2");
        lab.advance(Duration.ofSeconds(1));
        assertThat(reconciler.failures().findFirst().orElseThrow().since()).isAfter(began.plusSeconds(29));
    }

    @Test
    void promise_B10_theOldestHungOperationsAreNamedWithHowLongTheyHang_andTheOthersCounted() {
        Lab lab = new Lab();
        Gate gate = lab.clock.gate();
        for (int i = 0; i < 20; i++) {
            lab.put("i" + i, "1");
            lab.target.next("i" + i, Fault.hanging(gate));
        }
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.concurrency(10).operationDeadline(Duration.ofMinutes(1)));
        lab.advance(Duration.ofMinutes(3));
        List<String> problems = reconciler.health().problems();
        assertThat(problems).hasSize(6);
        assertThat(problems.getFirst())
                .startsWith("update of i0 passed its deadline of 1m and hangs: it has run for 3m;");
        assertThat(problems.getLast()).startsWith("20 operations hang in all");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().problems()).isEmpty();
    }

    @Test
    void promise_B15_aQuietRoundNeverHidesFailures() {
        Lab lab = new Lab();
        lab.putAll("a", "b");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(5));
        assertThat(reconciler.health().failing()).isEqualTo(1);
        lab.put("b", "2");
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().failing()).isEqualTo(1);
        lab.target.heal();
        lab.advance(Duration.ofSeconds(5));
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B10_stats() {
        Lab lab = new Lab();
        lab.putAll("a", "b");
        lab.target.next("a", Fault.error("no"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(reconciler.stats().queued()).isEqualTo(1);
        lab.advance(Duration.ofSeconds(10));
        lab.delete("b");
        lab.clock.runUntilIdle();
        assertThat(reconciler.stats()).satisfies(stats -> {
            assertThat(stats.updates()).isEqualTo(3);
            assertThat(stats.deletes()).isEqualTo(1);
            assertThat(stats.retries()).isEqualTo(1);
            assertThat(stats.errors()).isEqualTo(1);
            assertThat(stats.queued()).isZero();
            assertThat(stats.running()).isZero();
        });
    }

    @Test
    void stats_ofOneThatStopped_haveNothingQueued() {
        Lab lab = new Lab();
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        reconciler.pause(Item.key("a"));
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(reconciler.stats().queued()).isEqualTo(1);
        reconciler.stop();
        lab.advance(Duration.ofMinutes(5));
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B10_metricsHearEveryOperationWithItsDuration() {
        List<String> heard = new ArrayList<>();
        ReconcilerMetrics metrics = new ReconcilerMetrics() {
            @Override
            public void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {
                heard.add(reconciler + " " + kind + " " + took + (failed ? " failed" : ""));
            }

            @Override
            public void pruneEnded(String reconciler, Duration took, PruneResult result, int removed) {
                heard.add(reconciler + " prune " + result + " " + removed);
            }

            @Override
            public void failing(String reconciler, long objects) {
                heard.add(reconciler + " failing " + objects);
            }
        };
        Lab lab = new Lab(VirtualScheduler.inOrder(), metrics);
        lab.put("a", "1");
        lab.put("keep", "1");
        lab.target.next("a", Fault.error("no"), Fault.slow(lab.clock, Duration.ofSeconds(2)));
        lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(12));
        lab.target.tamper("stray", new Item("stray", "x"));
        lab.reconcilers.start("pruner", lab.items, lab.target, Options.defaults());
        lab.clock.runUntilIdle();
        assertThat(heard)
                .containsSubsequence(
                        "items/lab update PT0S failed",
                        "items/lab failing 1",
                        "items/lab update PT2S",
                        "items/lab failing 0",
                        "items/pruner prune DONE 1")
                .contains("items/pruner removal PT0S");
    }

    @Test
    void promise_B10_metricsHearOfEachRowThatFailedForGood() {
        List<String> heard = new ArrayList<>();
        ReconcilerMetrics metrics = new ReconcilerMetrics() {
            @Override
            public void failedForGood(String reconciler, OperationKind kind, String key, String error, int attempts) {
                heard.add(reconciler + " " + kind + " of " + key + ": " + error + " (" + attempts + ")");
            }
        };
        Lab lab = new Lab(VirtualScheduler.inOrder(), metrics);
        lab.putAll("a", "b", "c");
        lab.target.always("a", Fault.permanent("not allowed"));
        lab.breakFor("b", "no route");
        lab.run(OPTIONS.giveUpAttempts(2));
        assertThat(heard).containsExactly("items/lab update of a: not allowed (1)");
        lab.advance(Duration.ofMinutes(1));
        assertThat(heard)
                .hasSize(2)
                .last()
                .asString()
                .startsWith("items/lab update of b: ")
                .contains("no route")
                .endsWith(" (2)");
    }

    @Test
    void promise_B10_metricsThatThrowHarmNothing() {
        ReconcilerMetrics metrics = new ReconcilerMetrics() {
            @Override
            public void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {
                throw new IllegalStateException("the registry is closed");
            }

            @Override
            public void pruneEnded(String reconciler, Duration took, PruneResult result, int removed) {
                throw new NoClassDefFoundError("Histogram");
            }
        };
        Lab lab = new Lab(VirtualScheduler.inOrder(), metrics);
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(Options.defaults());
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void log_keepsAReasonOfTwoLinesInOne() {
        assertThat(OneLine.of("no\nroute\u0001 to \"a\"\r\t")).isEqualTo("no\\nroute\\u0001 to \"a\"\\r\\t");
        assertThat(OneLine.of("no route \uD83D\uDE00")).isEqualTo("no route \uD83D\uDE00");
    }

    @Test
    void log_warnsOfTheFirstFailureAndOfANewReason_andDebugsTheRest() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.homeostat.reconciler.Reconciler");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(log);
        try {
            Lab lab = new Lab();
            lab.put("a", "1");
            lab.target.next("a", Fault.error("no"), Fault.error("no"), Fault.error("no"), Fault.error("other"));
            lab.run(OPTIONS);
            lab.advance(Duration.ofMinutes(1));
            assertThat(log.list)
                    .extracting(ILoggingEvent::getLevel)
                    .containsExactly(Level.WARN, Level.DEBUG, Level.DEBUG, Level.WARN, Level.INFO, Level.WARN);
            assertThat(log.list.getLast().getFormattedMessage())
                    .isEqualTo("items/lab: update failed 2 more time(s): no");
            assertThat(log.list.getFirst().getFormattedMessage()).startsWith("items/lab: update of a failed: no");
            assertThat(log.list)
                    .allSatisfy(
                            event -> assertThat(event.getMDCPropertyMap()).containsEntry("reconciler", "items/lab"));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }
}
