package dev.homeostat.host.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PersistentListenerTest {
    private final VirtualScheduler time = VirtualScheduler.inOrder();
    private final HealthBoard health = new HealthBoard(time);
    private final List<String> happened = new ArrayList<>();
    private boolean taken = true;

    private Runnable open() throws IOException {
        if (taken) {
            happened.add("refused");
            throw new IOException("cannot listen: the port is taken; free it");
        }
        happened.add("opened");
        return () -> happened.add("closed");
    }

    @Test
    void whatCannotBeOpened_isInTheHealth_andTriedUntilItCan() {
        PersistentListener listener = PersistentListener.open("jmx", this::open, health, time);
        assertThat(health.lines())
                .singleElement()
                .extracting(HealthLine::name, HealthLine::ok, HealthLine::message)
                .containsExactly(
                        "jmx", false, "cannot listen: the port is taken; free it (it is tried again every 5 s)");
        time.advance(Duration.ofSeconds(5));
        taken = false;
        time.advance(Duration.ofSeconds(5));
        assertThat(health.lines()).isEmpty();
        listener.close();
        time.advance(Duration.ofSeconds(20));
        assertThat(happened).containsExactly("refused", "refused", "opened", "closed");
    }

    @Test
    void whatIsClosedBeforeItCouldBeOpened_isNotTriedAgain() {
        PersistentListener.open("jmx", this::open, health, time).close();
        taken = false;
        time.advance(Duration.ofSeconds(20));
        assertThat(happened).containsExactly("refused");
    }
}
