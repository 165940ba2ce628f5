package dev.homeostat.distribution.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md tells a newcomer to do is done, and comes out as it says. */
class ReadmeIT {
    @TempDir
    Path directory;

    @Test
    void page_doneByANewcomer_comesOutAsItSays() throws Exception {
        Path target = Files.createDirectories(directory.resolve("distribution/target"));
        ProcessBuilder unpack =
                new ProcessBuilder("tar", "xzf", Installed.tarball().toString(), "-C", target.toString());
        Answer.of(unpack).hasCode(0);
        Files.move(target.resolve("homeostat-0.1.0"), target.resolve("homeostat"));
        try (GuideRun newcomer = new GuideRun(directory, Map.of())) {
            newcomer.run(Guide.read("README.md"));
        }
    }
}
