package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a reconciler logs of rows that fail, and of what fails over and over. */
final class FailureLogTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.homeostat.reconciler.Reconciler");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Lab lab = new Lab();

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void aFailure_isOneLineWithItsRowAndItsNextAttemptAsKeysAndValues() {
        lab.put("a", "1");
        lab.breakFor("a", "no route");
        lab.run(OPTIONS);

        assertThat(lines()).containsExactly("WARN items/lab: update of a failed: no route");
        assertThat(context(log.list.getFirst()))
                .containsEntry("key", "a")
                .containsEntry("attempt", "1")
                .containsEntry(
                        "next", Nanos.shown(lab.clock.instant().plusSeconds(30)).toString());
        assertThat(log.list.getFirst().getMDCPropertyMap()).containsEntry("reconciler", "items/lab");
    }

    @Test
    void aThousandRowsThatFailAlike_areOneLine_andOneWithTheirNumberAMinuteLater() {
        fail(1000, "no route");
        lab.run(OPTIONS.rounds(1000, 1e6));
        assertThat(lines()).containsExactly("WARN items/lab: update of i0 failed: no route");

        lab.advance(Duration.ofSeconds(29));
        assertThat(lines()).hasSize(1);
        lab.advance(Duration.ofSeconds(31));
        assertThat(lines()).hasSize(2).last().isEqualTo("WARN items/lab: update failed 1999 more time(s): no route");
        assertThat(context(log.list.getLast()))
                .containsEntry("repeated", "1999")
                .containsKey("key")
                .containsEntry(
                        "first",
                        Nanos.shown(lab.clock.instant().minusSeconds(60)).toString())
                .containsEntry(
                        "last",
                        Nanos.shown(lab.clock.instant().minusSeconds(30)).toString());
    }

    @Test
    void whatGoesOnFailing_isToldMoreAndMoreSeldom_andNothingIsLost() {
        fail(10, "no route");
        lab.run(OPTIONS);
        lab.advance(Duration.ofMinutes(37));
        long told = log.list.stream()
                .map(FailureLogTest::context)
                .filter(context -> context.containsKey("repeated"))
                .mapToLong(context -> Long.parseLong(context.get("repeated")))
                .sum();

        assertThat(log.list).hasSize(1 + 6); // after 1, 3, 7, 15, 25 and 35 minutes
        assertThat(told + 1).isEqualTo(lab.target.calls().stream().count() - 10 * 5); // and five for each since then
    }

    @Test
    void theRowsOwnKeyInItsError_makesNoFailureOfItsOwn() {
        for (int i = 0; i < 20; i++) {
            lab.put("i" + i, "1");
            lab.breakFor("i" + i, "/etc/memos/i" + i + ".txt: disk full");
        }
        lab.run(OPTIONS);
        assertThat(lines()).containsExactly("WARN items/lab: update of i0 failed: /etc/memos/i0.txt: disk full");
    }

    @Test
    void differentFailures_areToldEach_upToABound_beyondWhichTheyAreCounted() {
        for (int i = 0; i < 150; i++) {
            lab.put("i" + i, "1");
            lab.breakFor("i" + i, "error " + (1000 + i));
        }
        lab.run(Lab.OPTIONS.retrying(Duration.ofHours(1), Duration.ofHours(1)));
        assertThat(lines()).hasSize(RepeatedLines.MOST);
        lab.advance(Duration.ofMinutes(1));
        assertThat(lines())
                .hasSize(RepeatedLines.MOST + 1)
                .last()
                .isEqualTo(
                        "WARN items/lab: 50 more line(s) of other kinds, the last: update of i149 failed: error 1149");
    }

    @Test
    void rowsThatAreAsDesiredAgain_areOneLineToo() {
        fail(100, "no route");
        lab.run(OPTIONS);
        log.list.clear();
        lab.target.heal();
        lab.advance(Duration.ofSeconds(31));
        assertThat(lines()).containsExactly("INFO items/lab: i0 is as desired again, after 1 failed attempt(s)");
        lab.advance(Duration.ofMinutes(1));
        assertThat(lines()).contains("INFO items/lab: rows were as desired again 99 more time(s)");
    }

    @Test
    void whatWasCounted_isToldWhenTheReconcilerStops() {
        fail(5, "no route");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lines()).hasSize(1);
        reconciler.stop();
        lab.clock.runUntilIdle();
        assertThat(lines()).hasSize(2).last().isEqualTo("WARN items/lab: update failed 4 more time(s): no route");
    }

    @Test
    void aFailureThatComesBackAfterAnHour_isToldAtOnce() {
        lab.put("a", "1");
        lab.breakFor("a", "no route");
        lab.run(OPTIONS);
        lab.target.heal();
        lab.advance(Duration.ofHours(1));
        log.list.clear();
        lab.breakFor("a", "no route");
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(lines()).containsExactly("WARN items/lab: update of a failed: no route");
    }

    @Test
    void aPruneThatFailsEachTime_isALine_andThenANumber() {
        lab.target.always(FakeTarget.PRUNE, Fault.throwing(new IllegalStateException("cannot list")));
        lab.run(Lab.OPTIONS.pruning(Duration.ofSeconds(10)));
        lab.advance(Duration.ofSeconds(59));
        assertThat(lines()).containsExactly("WARN items/lab: prune failed: IllegalStateException: cannot list");
        lab.advance(Duration.ofSeconds(1));
        assertThat(lines())
                .hasSize(2)
                .last()
                .asString()
                .matches("WARN items/lab: prune failed [56] more time\\(s\\): IllegalStateException: cannot list");
    }

    @Test
    void whatIsHeldAgainAndAgainForOneReason_isALine_andThenANumber() {
        for (int i = 0; i < 20; i++) {
            lab.target.tamper("stray" + i, new Item("stray", "x"));
        }
        lab.run(Options.defaults().pruning(Duration.ofSeconds(10)));
        lab.advance(Duration.ofMinutes(2));
        assertThat(lines())
                .hasSize(2)
                .allMatch(line -> line.contains("held"))
                .first()
                .asString()
                .startsWith("WARN items/lab: prune 1 is held and removes nothing: ");
    }

    @Test
    void statusesThatCannotBeWritten_areOneLineWithWhatWasThrown_andANumber_theLastAtTheStop() {
        FailingDatabase failing = new FailingDatabase(lab.db);
        RunningReconciler<Item> reconciler =
                Reconcilers.builder(failing.proxy(), lab.clock).build().start("lab", lab.items, lab.target, OPTIONS);
        lab.clock.runUntilIdle();
        failing.left = 1_000_000;
        lab.put("a", "1");
        lab.advance(Duration.ofSeconds(59));
        assertThat(lines()).hasSize(1);
        assertThat(log.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
        assertThat(log.list.getFirst().getThrowableProxy()).isNotNull();

        lab.advance(Duration.ofSeconds(10));
        assertThat(lines()).hasSize(2);
        assertThat(log.list.getLast().getThrowableProxy()).isNull();
        reconciler.stop();
        lab.advance(Duration.ofMinutes(1));
        assertThat(lines()).hasSize(3).allMatch(line -> line.contains("statuses could not be written"));
    }

    private void fail(int rows, String error) {
        for (int i = 0; i < rows; i++) {
            lab.put("i" + i, "1");
            lab.breakFor("i" + i, error);
        }
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private static Map<String, String> context(ILoggingEvent event) {
        return event.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }
}
