package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin of docs/plugin-reference.md: what stands there compiles, loads, and does what is said of it. */
final class PluginReferenceTest {
    private static final Pattern JAVA =
            Pattern.compile("```java\n// src/main/java/(\\S+)\\.java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n# manifests/notes\\.yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MANIFEST = Pattern.compile("<(Plugin-[A-Za-z]+)>(.*?)</\\1>");

    @TempDir
    Path directory;

    private static String page() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/plugin-reference.md"))) {
            here = Objects.requireNonNull(here.getParent(), "docs/plugin-reference.md is in no parent directory");
        }
        return Files.readString(here.resolve("docs/plugin-reference.md"));
    }

    private static PluginJar jar(String page) {
        PluginJar jar = PluginJar.empty();
        Map<String, String> sources = new LinkedHashMap<>();
        for (Matcher block = JAVA.matcher(page); block.find(); ) {
            sources.put(block.group(1).replace('/', '.'), block.group(2).replaceFirst("package [a-z.]+;", ""));
        }
        assertThat(sources).hasSize(9);
        sources.forEach(jar::source);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Matcher entry = MANIFEST.matcher(page); entry.find(); ) {
            attributes.put(
                    entry.group(1),
                    entry.group(2)
                            .replace("&gt;", ">")
                            .replace("&lt;", "<")
                            .replace("&amp;", "&")
                            .replace("${project.version}", "1.0.0"));
        }
        assertThat(attributes).containsKeys("Plugin-Id", "Plugin-Version", "Plugin-Requires");
        attributes.forEach(jar::attribute);
        return jar;
    }

    @Test
    void pluginOfThePage_isLoaded_andKeepsItsNotes() throws Exception {
        String page = page();
        try (HostFixture host = new HostFixture(directory)
                .file("conf/homeostat.yaml", "sources: []\n")
                .file("conf/plugins/notes.yaml", "check: 1s\n")
                .file("data/notes/stray", "nobody desires this")
                .with(jar(page), "notes-1.0.0.jar")) {
            host.start();
            assertThat(host.plugin("notes").reason()).isEmpty();
            assertThat(host.plugin("notes").state()).isEqualTo(State.ACTIVE);
            assertThat(host.plugin("notes").reconcilers()).containsExactly("notes/disk");

            Matcher manifest = YAML.matcher(page);
            assertThat(manifest.find()).isTrue();
            Tree.Mapping document = (Tree.Mapping)
                    new YamlReader().read("notes.yaml", manifest.group(1)).getFirst();
            Tree rows = Objects.requireNonNull(document.entries().get("rows"));
            insert(host, host.host().tables().getFirst().table(), ((Tree.Sequence) rows).items());

            // At the start the table was empty, and the guard held what would have removed everything.
            host.host().reconcilers().getFirst().reconciler().prune();

            Path notes = host.home.resolve("data/notes");
            await().untilAsserted(() -> {
                assertThat(notes.resolve("hello")).hasContent("Hello, world");
                assertThat(notes.resolve("empty")).isEmptyFile();
                assertThat(notes.resolve("stray")).doesNotExist();
            });
            Files.writeString(notes.resolve("hello"), "tampered");
            await().untilAsserted(() -> assertThat(notes.resolve("hello")).hasContent("Hello, world"));
        }
    }

    private static <T> void insert(HostFixture host, Table<T> table, List<Tree> rows) {
        var codec = Objects.requireNonNull(table.spec().codec());
        RWTable<T> writable = (RWTable<T>) table;
        host.host().database().write(writable, txn -> {
            rows.forEach(row -> writable.insert(txn, codec.decode(row)));
            return true;
        });
    }
}
