package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.LogLines;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
    @Test
    void stepThatThrowsAnError_isInTheLog_andTheNextIsDone() throws Exception {
        try (Lifecycle lifecycle = new Lifecycle();
                LogLines log = LogLines.of(Lifecycle.class.getName())) {
            lifecycle.later("the first step", () -> {
                throw new AssertionError("planted");
            });
            lifecycle.run(() -> {});
            assertThat(log.written()).containsExactly("the first step failed");
        }
    }
}
