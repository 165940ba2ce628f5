package dev.homeostat.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.homeostat.host.deploy.FoundJar;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.leak.JvmCollector;
import dev.homeostat.host.leak.Pins;
import dev.homeostat.host.leak.UnloadWatch;
import dev.homeostat.host.notice.Notices;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;

final class IntakeTest {
    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();

    @Test
    void jarThatNobodyCanDescribe_isListedWithTheError() {
        MBeanServer beans = MBeanServerFactory.newMBeanServer();
        UnloadWatch unloads = new UnloadWatch(
                scheduler,
                Pins.in(new MetricRegistry(), beans, new Notices(scheduler, HostBeans.host())),
                new JvmCollector(beans));
        PluginEntries entries = new PluginEntries(scheduler, unloads, List.of());
        Intake intake = new Intake(
                entries,
                new Overwhelmed(),
                new PluginSettings(Set.of(), false, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        Intake.Work work = intake.compare(
                List.of(new FoundJar(Path.of("/plugins/deep.jar"), "plugins/deep.jar", "first state", "")));
        assertThat(work.appeared()).isEmpty();
        assertThat(entries.get("deep.jar").reason()).isEqualTo("StackOverflowError: planted");
    }

    /** By any jar. */
    private static final class Overwhelmed implements CodeLoader {
        @Override
        public PluginDescriptor describe(Path jar) {
            throw new StackOverflowError("planted");
        }

        @Override
        public void verify(PluginDescriptor descriptor) {
            throw new AssertionError(descriptor);
        }

        @Override
        public boolean accepts(String range, String version) {
            throw new AssertionError(range);
        }

        @Override
        public PluginCode load(PluginDescriptor descriptor, Path jar, List<PluginCode> dependencies) {
            throw new AssertionError(descriptor);
        }

        @Override
        public void unload(PluginCode code) {}

        @Override
        public void close() {}
    }
}
