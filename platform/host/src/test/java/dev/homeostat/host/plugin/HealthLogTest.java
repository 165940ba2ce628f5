package dev.homeostat.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log has of health lines. */
final class HealthLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(HealthBoard.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final VirtualScheduler clock = VirtualScheduler.inOrder();
    private final HealthBoard board = new HealthBoard(clock);

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

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    @Test
    void trouble_andItsEnd_areToldAtOnce_andWhatIsFineNever() {
        board.set("memos", "poll", true, "polls");
        board.set("memos", "poll", false, "the target is away");
        board.set("memos", "poll", false, "the target is away");
        board.set("memos", "poll", true, "polls");
        board.set("", "disk", false, "full\nof logs");
        assertThat(lines())
                .containsExactly(
                        "WARN plugin \"memos\", poll: the target is away",
                        "INFO plugin \"memos\", poll: polls",
                        "WARN disk: full; of logs");
    }

    @Test
    void messageThatChangesAllTheTime_isToldOnceAMinute_withTheNumberOfChanges_andAsItIs() {
        for (int second = 0; second <= 150; second++) {
            board.set("", "disk", false, second + " % full");
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(lines())
                .containsExactly(
                        "WARN disk: 0 % full",
                        "WARN disk: 1 % full", "WARN disk: 2 % full", "WARN disk: 59 % full", "WARN disk: 119 % full");
        assertThat(log.list.getLast().getKeyValuePairs()).anySatisfy(pair -> {
            assertThat(pair.key).isEqualTo("repeated");
            assertThat(pair.value).isEqualTo(60L);
        });
        clock.advance(Duration.ofMinutes(1));
        assertThat(lines()).hasSize(6).last().isEqualTo("WARN disk: 150 % full");

        clock.advance(Duration.ofMinutes(1));
        board.set("", "disk", true, "mended");
        assertThat(lines()).hasSize(7).last().isEqualTo("INFO disk: mended");
    }

    @Test
    void lineThatGoes_isToldAsItWasAtLast() {
        for (int i = 0; i < 5; i++) {
            board.set("", "http", false, "attempt " + i);
        }
        board.set("", "http", true, "listens");
        board.remove("", "http");
        assertThat(lines()).hasSize(4).last().isEqualTo("INFO http: listens");
        clock.advance(Duration.ofMinutes(2));
        assertThat(lines()).hasSize(4);
    }
}
