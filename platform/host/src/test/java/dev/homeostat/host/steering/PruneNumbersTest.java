package dev.homeostat.host.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.api.tree.DocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class PruneNumbersTest {
    @TempDir
    Path home;

    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @BeforeEach
    void data() throws IOException {
        Files.createDirectories(home.resolve("data"));
    }

    /** As another process would begin. */
    private PruneNumbers numbers() {
        return new PruneNumbers(home, tasks::add);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void promise_B19_aNumberIsNeverGivenAgainAfterARestartOfTheHost() {
        PruneNumbers first = numbers();
        assertThat(first.getAsLong()).isEqualTo(1);
        runTasks();
        assertThat(first.getAsLong()).isEqualTo(2);
        assertThat(first.getAsLong()).isEqualTo(3);
        runTasks();
        assertThat(numbers().getAsLong()).isEqualTo(4);
    }

    @Test
    void aNumber_isGivenBeforeItIsKept() {
        assertThat(numbers().getAsLong()).isEqualTo(1);
        assertThat(home.resolve(PruneNumbers.FILE)).doesNotExist();
        runTasks();
        assertThat(home.resolve(PruneNumbers.FILE)).content().isEqualToIgnoringWhitespace("{\"latest\": 1}");
    }

    @Test
    void fileThatCannotBeWritten_isSaidOnce_untilItCould() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger(PruneNumbers.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        try {
            PruneNumbers numbers = numbers();
            Path away = Files.move(home.resolve("data"), home.resolve("away"));
            for (int i = 0; i < 3; i++) {
                numbers.getAsLong();
                runTasks();
            }
            assertThat(log.list).hasSize(1);

            Files.move(away, home.resolve("data"));
            numbers.getAsLong();
            runTasks();
            Files.move(home.resolve("data"), away);
            numbers.getAsLong();
            runTasks();
            assertThat(log.list).hasSize(2);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    @Test
    void noFile_asLongAsNothingWasHeld() {
        numbers();
        runTasks();
        assertThat(home.resolve("data")).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeRead_isNamedWithTheWayOut() throws IOException {
        for (String content : new String[] {"{", "{\"latest\": \"many\"}", "{\"latest\": -1}", ""}) {
            Files.writeString(home.resolve(PruneNumbers.FILE), content);
            assertThatThrownBy(this::numbers)
                    .as(content)
                    .isInstanceOf(DocumentException.class)
                    .hasMessageContaining("data/held-prunes.json")
                    .hasMessageContaining("delete it");
        }
    }

    @Test
    void aFileThatCannotBeWritten_stopsNoPruneAndIsTriedAgain() throws IOException {
        PruneNumbers numbers = numbers();
        Files.delete(home.resolve("data"));
        assertThat(numbers.getAsLong()).isEqualTo(1);
        runTasks();
        Files.createDirectory(home.resolve("data"));
        assertThat(numbers.getAsLong()).isEqualTo(2);
        runTasks();
        assertThat(numbers().getAsLong()).isEqualTo(3);
    }

    @Test
    void anExecutorThatIsClosed_stopsNoPrune() {
        PruneNumbers numbers = new PruneNumbers(home, _ -> {
            throw new RejectedExecutionException("closed");
        });
        assertThat(numbers.getAsLong()).isEqualTo(1);
    }
}
