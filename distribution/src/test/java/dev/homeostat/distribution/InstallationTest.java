package dev.homeostat.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path directory;

    private void update(String... pathsAndTexts) throws IOException {
        Content content = new Content();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            content.text(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        new Installation(root(), directory.resolve("record"), TIME).update(content);
    }

    private Path root() {
        return directory.resolve("root");
    }

    @Test
    void update_writesWithTheGivenTime() throws Exception {
        update("lib/a.jar", "a");

        assertThat(root().resolve("lib/a.jar")).hasContent("a");
        assertThat(Files.getLastModifiedTime(root().resolve("lib/a.jar"))).isEqualTo(TIME);
    }

    @Test
    void update_again_replacesWhatChangedAndRemovesWhatIsGone() throws Exception {
        update("lib/a-1.jar", "a", "lib/b.jar", "b", "plugins/own.jar", "1");
        update("lib/a-2.jar", "a", "lib/b.jar", "b2", "plugins/own.jar", "1");

        assertThat(root().resolve("lib/a-1.jar")).doesNotExist();
        assertThat(root().resolve("lib/a-2.jar")).exists();
        assertThat(root().resolve("lib/b.jar")).hasContent("b2");
    }

    @Test
    void update_again_leavesAloneWhatSomebodyElsePutThere() throws Exception {
        update("plugins/own.jar", "1");
        Files.writeString(root().resolve("plugins/theirs.jar"), "theirs");
        Files.createDirectories(root().resolve("manifests"));
        Files.writeString(root().resolve("manifests/theirs.yaml"), "theirs");

        update("plugins/other.jar", "1");

        assertThat(root().resolve("plugins/own.jar")).doesNotExist();
        assertThat(root().resolve("plugins/theirs.jar")).hasContent("theirs");
        assertThat(root().resolve("manifests/theirs.yaml")).hasContent("theirs");
    }

    @Test
    void update_again_keepsAnEditedConfiguration() throws Exception {
        update("conf/edited.yaml", "ours", "conf/untouched.yaml", "ours", "conf/gone.yaml", "ours");
        Files.writeString(root().resolve("conf/edited.yaml"), "theirs");
        Files.writeString(root().resolve("conf/gone.yaml"), "theirs");

        update("conf/edited.yaml", "newer", "conf/untouched.yaml", "newer");
        assertThat(root().resolve("conf/edited.yaml")).hasContent("theirs");
        assertThat(root().resolve("conf/untouched.yaml")).hasContent("newer");
        assertThat(root().resolve("conf/gone.yaml")).hasContent("theirs");

        update("conf/edited.yaml", "newest");
        assertThat(root().resolve("conf/edited.yaml")).hasContent("theirs");
    }

    @Test
    void update_afterAFileWasDeleted_writesItAgain() throws Exception {
        update("lib/a.jar", "a");
        Files.delete(root().resolve("lib/a.jar"));

        update("lib/a.jar", "a");

        assertThat(root().resolve("lib/a.jar")).exists();
    }
}
