package dev.homeostat.distribution.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/plugins.md says is done as it stands there, and comes out as it stands there. */
class PluginGuideIT {
    @TempDir
    Path directory;

    @Test
    void page_doneByAReader_comesOutAsItSays() throws Exception {
        Path tarball = Installed.tarball();
        Files.copy(tarball, directory.resolve(tarball.getFileName()));
        try (GuideRun reader = new GuideRun(directory, Author.environment())) {
            reader.run(Guide.read("docs/plugins.md"));
        }
    }
}
