package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins what people and programs see of the answers in {@code docs/wire}. {@code -Dgolden.update=true} writes {@code src/test/golden} anew. */
@Timeout(30)
final class GoldenTest {
    private static final Path GOLDEN = Path.of("src", "test", "golden");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        status.txt              | 1 | status
        status.json             | 1 | -o json status
        plugins.txt             | 1 | plugins
        plugins.json            | 1 | plugins -o json
        plugins-show.txt        | 0 | plugins show docs
        plugins-show.json       | 0 | plugins show docs -o json
        plugins-stop.txt        | 0 | plugins stop docs
        plugins-reload.txt      | 1 | plugins reload broken.jar
        plugins-unload.txt      | 0 | plugins unload docs
        plugins-check.txt       | 1 | plugins check fat.jar
        plugins-check.json      | 1 | plugins check -o json
        tables.txt              | 0 | db tables
        tables.json             | 0 | db tables --output=json
        show.txt                | 0 | db show docs
        show.json               | 0 | db show docs -o json
        get.txt                 | 0 | db get docs b.txt
        get.json                | 0 | db get docs b.txt -o json
        prefix.txt              | 0 | db prefix docs a
        show-columns.txt        | 0 | db show docs --columns size,status,nosuch
        show-columns.json       | 0 | db show docs --columns=size --where status=error --limit 4 -o json
        watch.txt               | 0 | db watch docs --initial --limit 4
        watch-columns.txt       | 0 | db watch docs --columns size,revision
        watch.jsonl             | 0 | db watch docs -o json
        insert.txt              | 0 | db insert docs -f rows.yaml
        insert.json             | 0 | db insert docs --file rows.yaml -o json
        delete.txt              | 0 | db delete docs b.txt
        delete.json             | 0 | db delete docs b.txt -o json
        dump.jsonl              | 0 | db dump
        rejected.txt            | 0 | db rejected
        rejected.json           | 0 | db rejected -o json
        rejected-forget.txt     | 0 | db rejected docs --forget big.bin
        reconcilers.txt         | 1 | reconcilers
        reconcilers.json        | 1 | reconcilers -o json
        prune.txt               | 1 | reconcilers prune docs/disk
        prune.json              | 1 | reconcilers prune docs/disk -o json
        held.txt                | 0 | reconcilers held docs/disk
        held.json               | 0 | reconcilers held docs/disk -o json
        confirm.txt             | 0 | reconcilers confirm docs/disk 7
        retry.txt               | 0 | reconcilers retry docs/disk b.txt
        refresh.txt             | 0 | reconcilers refresh docs/disk
        pause.txt               | 0 | reconcilers pause docs/disk b.txt
        resume.txt              | 0 | reconcilers resume docs/disk
        mode.txt                | 0 | reconcilers mode docs/disk plan
        failures.txt            | 0 | reconcilers failures docs/disk
        failures.json           | 0 | reconcilers failures docs/disk -o json
        plan.txt                | 0 | reconcilers plan docs/disk
        plan.json               | 0 | reconcilers plan docs/disk -o json
        observe.txt             | 1 | reconcilers observe docs/disk
        options-set.txt         | 0 | reconcilers options docs/disk concurrency=4 retry-max=5m
        options.txt             | 0 | reconcilers options docs/disk
        options.json            | 0 | reconcilers options docs/disk -o json
        help-options.txt        | 0 | reconcilers options -h
        config-check.txt        | 78 | config check
        config-check.json       | 78 | config check -o json
        config-show.txt         | 0 | config show
        config-show.json        | 0 | config show -o json
        explain.txt             | 0 | explain docs b.txt
        explain.json            | 0 | explain docs b.txt -o json
        wait.txt                | 1 | wait
        wait.json               | 1 | wait -o json
        help.txt                | 0 | --help
        help-db-get.txt         | 0 | db get -h
        help-db-show.txt        | 0 | db show -h
        help-db-watch.txt       | 0 | db watch -h
        help-db-insert.txt      | 0 | db insert -h
        help-run.txt            | 0 | run -h
        """)
    void output_ofTheExample_isAsPinned(String file, int code, String words) throws IOException {
        Path home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectory(home.resolve("data"));
        Files.writeString(directory.resolve("rows.yaml"), "- {path: new.txt}\n- {path: c.txt, content: see}\n");
        try (ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"))) {
            Call call = Call.of(home, words.split(" "));
            assertThat(call.err()).isEmpty();
            assertThat(call.code()).isEqualTo(code);
            assertThat(host.requests).hasSize(file.startsWith("help") ? 0 : 1);
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(GOLDEN);
                Files.writeString(GOLDEN.resolve(file), call.out());
            }
            assertThat(call.out()).isEqualTo(Files.readString(GOLDEN.resolve(file)));
        }
    }
}
