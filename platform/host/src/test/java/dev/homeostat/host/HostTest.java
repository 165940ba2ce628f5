package dev.homeostat.host;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a whole host share: one on a fresh home for each test, that waits for no source. */
abstract class HostTest {
    @TempDir
    Path directory;

    HostFixture host;

    @BeforeEach
    void makeHost() {
        host = new HostFixture(directory).file("conf/homeostat.yaml", "sources: []\n");
    }

    @AfterEach
    void closeHost() {
        host.close();
    }
}
