package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.view.PluginView.State;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of plugins that nobody waits for any more, and what they still do. */
final class TooLateTest {
    private static final String BEAN = """
        public static class Slow implements javax.management.DynamicMBean {
            public javax.management.MBeanInfo getMBeanInfo() {
                System.setProperty("test.late.in", "true");
                while (!Boolean.getBoolean("test.late.go")) { Thread.onSpinWait(); }
                return new javax.management.MBeanInfo("x", "x", null, null, null, null);
            }
            public Object getAttribute(String name) { return null; }
            public void setAttribute(javax.management.Attribute a) {}
            public javax.management.AttributeList getAttributes(String[] names) { return null; }
            public javax.management.AttributeList setAttributes(javax.management.AttributeList l) { return null; }
            public Object invoke(String n, Object[] p, String[] s) { return null; }
        }
        """;

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void fixture() {
        System.clearProperty("test.late.in");
        System.clearProperty("test.late.go");
        host = new HostFixture(directory);
    }

    @AfterEach
    void close() {
        System.setProperty("test.late.go", "true");
        host.close();
    }

    @Test
    void startThatIsOverOnlyAfterTheHostHasStopped_isUndone() throws Exception {
        host.with(
                PluginJar.modular("slow", "")
                        .pluginClass("slow", BEAN, "ctx.mbean(\"slow\", new Slow());")
                        .source("module-info", """
                            module test.slow {
                                requires dev.homeostat.api;
                                requires java.management;
                                exports test.slow;
                                provides dev.homeostat.api.plugin.Plugin with test.slow.ThePlugin;
                            }
                            """),
                "slow.jar");
        Host opened = host.open(Map.of());
        Thread starting = Thread.ofPlatform().start(() -> {
            try {
                opened.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> Boolean.getBoolean("test.late.in"));
        host.close();
        System.setProperty("test.late.go", "true");
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("slow: start of MBean")));
        starting.join();
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .isRegistered(new ObjectName("dev.homeostat:type=Plugin,id=slow,name=slow")))
                .isFalse();
    }

    @Test
    void contributeThatWasAbandoned_addsNothingThatNobodyWouldEnd() throws Exception {
        host.file("conf/homeostat.yaml", "plugins: {contribute-deadline: 300ms}\n")
                .with(PluginJar.modular("late", """
                    Path stops = ctx.home().resolve("stops");
                    Path told = ctx.home().resolve("told");
                    ctx.onStop(() -> {
                        Files.writeString(stops, "");
                        while (!Files.exists(told)) { new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS); }
                    });
                    while (!Files.exists(stops)) { Thread.onSpinWait(); }
                    Thread.interrupted();
                    String said = "was added";
                    try {
                        ctx.onStop(() -> {});
                    } catch (RuntimeException e) {
                        said = e.getMessage();
                    }
                    Files.writeString(told, said);
                    """), "late.jar")
                .start();
        assertThat(host.plugin("late").state()).isEqualTo(State.FAILED);
        assertThat(host.home.resolve("told")).content().contains("can be contributed during contribute(…) only");
    }
}
