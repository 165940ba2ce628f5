package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An answer is read as it comes, however long it is. */
@Timeout(60)
final class LongAnswerTest {
    private static final int ROWS = 100_000;

    @TempDir
    Path directory;

    /** Of all parts, the command remembers none: what it holds does not grow with the rows. */
    @Test
    void partsOfADump_areForgotten_asTheyAreRead() throws Exception {
        Files.createDirectory(directory.resolve("data"));
        StringBuilder answer = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            answer.append("{\"id\":1,\"item\":{\"table\":\"docs\",\"key\":\"row-")
                    .append(i)
                    .append("\"}}\n");
        }
        answer.append("{\"id\":1,\"result\":{\"tables\":[]}}\n");
        try (ScriptedHost host = new ScriptedHost(directory.resolve("data/control.sock"))) {
            host.answer("db.dump", answer.toString());
            List<WeakReference<Doc>> sample = new ArrayList<>();
            int[] count = new int[1];
            boolean[] forgotten = new boolean[1];
            new HostClient(new Home(directory, "test", "")).call("db.dump", Map.of(), Duration.ZERO, item -> {
                count[0]++;
                if (count[0] % 1_000 == 1) {
                    sample.add(new WeakReference<>(item));
                }
                if (count[0] == ROWS) {
                    forgotten[0] = areCleared(sample);
                }
            });
            assertThat(count[0]).isEqualTo(ROWS);
            assertThat(sample).hasSize(ROWS / 1_000);
            assertThat(forgotten[0]).isTrue();
        }
    }

    private static boolean areCleared(List<WeakReference<Doc>> sample) {
        for (int i = 0; i < 100; i++) {
            System.gc();
            if (sample.stream().allMatch(one -> one.get() == null)) {
                return true;
            }
        }
        return false;
    }
}
