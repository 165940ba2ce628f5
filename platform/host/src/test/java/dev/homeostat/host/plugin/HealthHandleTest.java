package dev.homeostat.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.plugin.PluginStoppedException;
import dev.homeostat.host.handover.Carried;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HealthHandleTest {
    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final HealthBoard board = new HealthBoard(scheduler);
    private final Leash leash = new Leash("memos");
    private final HealthHandle handle = new HealthHandle(leash, board, "poll");

    @Test
    void whileItsPluginStops_whatIsStillSaidLeavesNoLine() throws Exception {
        handle.contribution().start(Carried.nothing());
        leash.activate();
        handle.degraded("the target is away");
        assertThat(board.lines()).extracting(HealthLine::message).containsExactly("the target is away");

        handle.contribution().stop(Deadline.in(Duration.ofSeconds(1), scheduler), Carried.nothing());

        assertThatThrownBy(() -> handle.degraded("late")).isInstanceOf(PluginStoppedException.class);
        assertThatThrownBy(() -> handle.ok("late")).isInstanceOf(PluginStoppedException.class);
        assertThat(board.lines()).isEmpty();
    }
}
