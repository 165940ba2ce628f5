package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.fake.FakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pins the wire: what the host answers is, byte for byte, what {@code docs/wire} shows. The tests of the command read the same files, so that the two cannot
 * drift apart. {@code -Dwire.update=true} writes them anew.
 */
@Timeout(30)
final class WireTest {
    private static final Path WIRE = Path.of("..", "..", "docs", "wire");

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        status              | {}
        plugins             | {}
        plugins.show        | {"id":"docs"}
        plugins.stop        | {"id":"docs"}
        plugins.reload      | {"id":"broken.jar"}
        plugins.unload      | {"id":"docs"}
        db.tables           | {}
        db.show             | {"table":"docs"}
        db.get              | {"table":"docs","key":"b.txt"}
        db.prefix           | {"table":"docs","key":"a"}
        db.keys             | {"table":"docs","prefix":"a"}
        db.dump             | {}
        db.watch            | {"table":"docs","initial":true,"limit":4}
        db.insert           | {"table":"docs","document":"[{path: new.txt, size: 0}, {path: c.txt, content: see}, {path: d.txt}]"}
        db.delete           | {"table":"docs","key":"b.txt"}
        db.rejected         | {}
        db.rejected.forget  | {"table":"docs","key":"big.bin"}
        reconcilers         | {}
        reconcilers.prune   | {"name":"docs/disk"}
        reconcilers.confirm | {"name":"docs/disk","number":7}
        reconcilers.retry   | {"name":"docs/disk","key":"b.txt"}
        reconcilers.refresh | {"name":"docs/disk"}
        reconcilers.pause   | {"name":"docs/disk","key":"b.txt"}
        reconcilers.resume  | {"name":"docs/disk"}
        reconcilers.mode    | {"name":"docs/disk","mode":"plan"}
        reconcilers.options | {"name":"docs/disk","set":{"concurrency":"4","retry-max":"5m"}}
        reconcilers.failures | {"name":"docs/disk"}
        reconcilers.plan    | {"name":"docs/disk"}
        reconcilers.observe | {"name":"docs/disk"}
        config.check        | {}
        plugins.check       | {"jars":["/somewhere/fat.jar"]}
        config.show         | {}
        explain             | {"table":"docs","key":"b.txt"}
        wait                | {}
        """)
    void answer_ofTheExample_isAsDocumented(String method, String params) throws IOException {
        try (Example example = new Example();
                ControlServer server = ControlServer.open(example.host, data);
                Client client = new Client(server.socket())) {
            example.disk.pruned.complete(new PruneReport(List.of(), List.of(), List.of(), example.disk.held));
            example.disk.waited.complete(
                    new WaitResult(false, List.of(new WaitResult.Failure("ghost", "is a directory")), ""));
            example.disk.observed.complete(new DriftReport(
                    2,
                    1,
                    1,
                    List.of(
                            new DriftReport.Finding("a.txt", "content differs", null),
                            new DriftReport.Finding("b.txt", null, "cannot read b.txt: i/o error"))));
            example.disk.plan = new FakeTable<>(TableSpec.of("plan", PlannedChange.class, PlannedChange.CHANGE))
                    .with(planned("prune", "old-0", Cause.PRUNE, 5, null, null, "would remove 12 of 14"))
                    .with(planned("update", "a.txt", Cause.CHANGE, 1, "content differs", null, null))
                    .with(planned("update", "b.txt", Cause.RETRY, 2, null, "cannot read b.txt: i/o error", null));
            StringBuilder lines = new StringBuilder();
            for (JsonNode line : client.ask(method, params)) {
                if (line.path("result").path("host") instanceof ObjectNode host) {
                    host.put("pid", 4711);
                }
                lines.append(line).append('\n');
            }
            Path file = WIRE.resolve(method + ".jsonl");
            if (Boolean.getBoolean("wire.update")) {
                Files.createDirectories(WIRE);
                Files.writeString(file, lines);
            }
            assertThat(lines.toString()).isEqualTo(Files.readString(file));
        }
    }

    private static PlannedChange planned(
            String operation,
            String key,
            Cause cause,
            long generation,
            @Nullable String drift,
            @Nullable String error,
            @Nullable String held) {
        return new PlannedChange(operation, key, cause, generation, FakeHost.NOW.minusSeconds(7), drift, error, held);
    }
}
