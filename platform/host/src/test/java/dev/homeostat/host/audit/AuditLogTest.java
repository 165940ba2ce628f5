package dev.homeostat.host.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.Act;
import dev.homeostat.host.control.Act.Outcome;
import dev.homeostat.host.control.Caller;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.view.HealthLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(30)
final class AuditLogTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path home;

    private final FakeHost clock = new FakeHost();
    private final HealthBoard health = new HealthBoard(clock.scheduler());
    private Path file;

    @BeforeEach
    void makeLogs() throws IOException {
        file = Files.createDirectory(home.resolve("logs")).resolve("audit.log");
        clock.close();
    }

    private static Act act(String message) {
        return new Act(
                FakeHost.NOW,
                Caller.command("alice"),
                "plugins.stop",
                JsonNodeFactory.instance.objectNode().put("id", "docs"),
                Outcome.DONE,
                message,
                Duration.ofMillis(12));
    }

    private List<String> messages(Path from) throws IOException {
        List<String> messages = new ArrayList<>();
        for (String line : Files.readAllLines(from)) {
            messages.add(MAPPER.readTree(line).path("message").stringValue());
        }
        return messages;
    }

    @Test
    void act_isOneLineOfJson_forTheOwnerOnly() throws IOException {
        new AuditLog(home, health).acted(act("docs: active -> stopped"));
        assertThat(file)
                .hasContent("{\"time\":\"2026-01-02T03:04:05Z\",\"via\":\"command\",\"user\":\"alice\","
                        + "\"method\":\"plugins.stop\",\"params\":{\"id\":\"docs\"},\"outcome\":\"done\","
                        + "\"message\":\"docs: active -> stopped\",\"tookMillis\":12}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void act_withLineFeedsAndControlCharacters_isStillOneLineOfAscii() throws IOException {
        String nasty = "a\nb\r\u001b[2J\u009b31m\u202e é\u0000\"}";
        new AuditLog(home, health).acted(act(nasty));
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(Files.readString(file).chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
        assertThat(messages(file)).containsExactly(nasty);
    }

    @Test
    void fullFile_isPutAside_andTheOldestGoes() throws IOException {
        AuditLog log = new AuditLog(new RotatingFile(home.resolve("logs"), "audit", 1000, 2), health);
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        for (int i = 0; i < 50; i++) {
            log.acted(act("number " + i));
        }
        try (var files = Files.list(home.resolve("logs"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("audit.log", "audit.1.log", "audit.2.log");
        }
        List<String> kept = new ArrayList<>(messages(file.resolveSibling("audit.2.log")));
        kept.addAll(messages(file.resolveSibling("audit.1.log")));
        kept.addAll(messages(file));
        int first = 50 - kept.size();
        assertThat(kept).hasSizeBetween(10, 20);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(kept.get(i)).isEqualTo("number " + (first + i));
        }
        assertThat(file.resolveSibling("audit.1.log"))
                .satisfies(one -> assertThat(Files.size(one)).isLessThanOrEqualTo(1000));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void fileThatWasTakenAwayOrCutOff_isGoneOnWith() throws IOException {
        AuditLog log = new AuditLog(home, health);
        log.acted(act("one"));
        Files.move(file, file.resolveSibling("audit.taken"));
        log.acted(act("two"));
        assertThat(messages(file)).containsExactly("two");
        Files.writeString(file, "{\"half\"");
        log.acted(act("three"));
        assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("{\"half\"");
        Files.delete(file);
        Files.delete(file.resolveSibling("audit.taken"));
        Files.delete(home.resolve("logs"));
        log.acted(act("four"));
        assertThat(messages(file)).containsExactly("four");
    }

    @Test
    void interruptedThread_writesAllTheSame_andStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        new AuditLog(home, health).acted(act("one"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(messages(file)).containsExactly("one");
        assertThat(health.lines()).isEmpty();
    }

    @Test
    void whatCannotBeWritten_isInTheHealth_untilItCan() throws IOException {
        AuditLog log = new AuditLog(home, health);
        Files.createDirectory(file);
        log.acted(act("one"));
        log.acted(act("two"));
        assertThat(health.lines()).singleElement().satisfies(line -> {
            assertThat(line.ok()).isFalse();
            assertThat(line.name()).isEqualTo("audit log");
            assertThat(line.message())
                    .contains(file.toString(), "the 2 line(s) that are missing", "let the host's user");
        });
        Files.delete(file);
        log.acted(act("three"));
        assertThat(health.lines()).noneMatch((HealthLine line) -> line.name().equals("audit log"));
        JsonNode line = MAPPER.readTree(Files.readString(file));
        assertThat(line.path("message").stringValue()).isEqualTo("three");
    }
}
