package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What all tests of the story share: a home in a fresh directory, and hosts that end with the test. */
abstract class E2eTest {
    /** A bound for what takes milliseconds on an idle machine: waiting ends as soon as it has happened. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    Home home;

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(directory.resolve("home"));
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }

    HostProcess start(String... flags) {
        return closing(HostProcess.start(home, flags));
    }

    Jmx attach(HostProcess host) {
        return closing(Jmx.attach(host));
    }

    <R extends AutoCloseable> R closing(R resource) {
        resources.push(resource);
        return resource;
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
    }
}
