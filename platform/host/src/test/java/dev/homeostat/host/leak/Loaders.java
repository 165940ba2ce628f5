package dev.homeostat.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Class loaders that come and go, each in a frame of its own. */
final class Loaders {
    private Loaders() {}

    static void collect() {
        System.gc();
    }

    static void awaitCollected(BooleanSupplier collected) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            collect();
            assertThat(collected.getAsBoolean()).isTrue();
        });
    }

    /** Looks for what keeps a loader that nothing does. */
    static WeakReference<ClassLoader> search(Pins pins) {
        ClassLoader loader = new URLClassLoader("searched", new URL[0], null);
        assertThat(pins.of(Suspect.of("searched", loader, List.of()))).isEmpty();
        return new WeakReference<>(loader);
    }
}
