package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.Readiness;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A plugin for each thing that can be left behind: the host says which it was, and what to do. All are stopped together, for a leak shows after five seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LeakTest {
    private static final String ENDLESS = "try { new CountDownLatch(1).await(); } catch (InterruptedException e) { }";

    /** By id: what is contributed, and so left behind. */
    private static final Map<String, String> LEFT_BEHIND = new LinkedHashMap<>();

    static {
        LEFT_BEHIND.put("context", """
            Thread thread = new Thread(new FutureTask<>(new LinkedBlockingQueue<Integer>()::take), "pin-context");
            thread.setDaemon(true);
            thread.start();
            """);
        LEFT_BEHIND.put("stack", """
            Thread thread = new Thread(() -> { %s }, "pin-stack");
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            thread.start();
            """.formatted(ENDLESS));
        LEFT_BEHIND.put("subclass", """
            class Waiting extends Thread {
                Waiting() { super("pin-subclass"); setDaemon(true); setContextClassLoader(null); }
                public void run() { %s }
            }
            new Waiting().start();
            """.formatted(ENDLESS));
        LEFT_BEHIND.put("virtual", "Thread.ofVirtual().name(\"pin-virtual\").start(() -> { %s });".formatted(ENDLESS));
        LEFT_BEHIND.put("timer", """
            new Timer("pin-timer", true).schedule(new TimerTask() { public void run() { } }, 3_600_000);
            """);
        LEFT_BEHIND.put("pool", """
            ExecutorService pool = Executors.newFixedThreadPool(1, task -> {
                Thread thread = new Thread(task, "pin-pool");
                thread.setDaemon(true);
                return thread;
            });
            pool.submit(() -> { });
            """);
        LEFT_BEHIND.put("job", """
            ctx.job("deaf", () -> {
                while (System.getProperty("pin-deaf-ends") == null) {
                    Thread.interrupted(); java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                }
            });
            """);
        LEFT_BEHIND.put("bean", """
            java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(
                    new Bean(), new javax.management.ObjectName("pin:type=Bean"));
            """);
        LEFT_BEHIND.put("listener", """
            java.lang.management.ManagementFactory.getPlatformMBeanServer().addNotificationListener(
                    new javax.management.ObjectName("dev.homeostat:type=Host"), (told, handback) -> { }, null, null);
            """);
        LEFT_BEHIND.put("hook", "Runtime.getRuntime().addShutdownHook(new Thread(new Task(), \"pin-hook\"));");
        LEFT_BEHIND.put("local", """
            ((java.util.function.Consumer<Runnable>) System.getProperties().get("pin-executor"))
                    .accept(() -> new ThreadLocal<Object>().set(new Task()));
            """);
        LEFT_BEHIND.put("property", "System.getProperties().put(\"pin-property\", new Task());");
        LEFT_BEHIND.put("provider", "java.security.Security.addProvider(new Mine());");
        LEFT_BEHIND.put("handler", "java.util.logging.Logger.getLogger(\"\").addHandler(new Mine());");
        LEFT_BEHIND.put("appender", """
            var context = (ch.qos.logback.classic.LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();
            Mine mine = new Mine();
            mine.setName("mine");
            context.getLogger("pin-appender").addAppender(mine);
            """);
        LEFT_BEHIND.put("uncaught", "Thread.setDefaultUncaughtExceptionHandler((thread, error) -> { });");
        LEFT_BEHIND.put("authenticator", "java.net.Authenticator.setDefault(new Mine());");
        LEFT_BEHIND.put("beneath", "ctx.id();");
        LEFT_BEHIND.put("upon", """
            Thread thread = new Thread(() -> { %s }, "pin-upon");
            thread.setContextClassLoader(null);
            thread.setDaemon(true);
            thread.start();
            """.formatted(ENDLESS));
    }

    private static final Map<String, String> MINE = Map.of(
            "provider", "public class Mine extends java.security.Provider { Mine() { super(\"Pin\", \"1\", \"\"); } }",
            "handler", """
            public class Mine extends java.util.logging.Handler {
                public void publish(java.util.logging.LogRecord record) { }
                public void flush() { }
                public void close() { }
            }
            """,
            "appender", """
            public class Mine extends ch.qos.logback.core.AppenderBase<ch.qos.logback.classic.spi.ILoggingEvent> {
                protected void append(ch.qos.logback.classic.spi.ILoggingEvent event) { }
            }
            """,
            "authenticator", "public class Mine extends java.net.Authenticator { }");

    private final Properties properties = System.getProperties();
    private HostFixture host;
    private final ExecutorService hostThread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("a-thread-of-the-host").daemon().factory());

    @BeforeAll
    void stopAll(@TempDir Path directory) throws Exception {
        host = new HostFixture(directory);
        properties.put("pin-executor", (Consumer<Runnable>) task -> {
            try {
                hostThread.submit(task).get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        LEFT_BEHIND.forEach((id, contribute) -> host.with(jar(id, contribute), id + ".jar"));
        host.with(MemoPlugin.jar(), "memos.jar").start();
        await().dontCatchUncaughtExceptions()
                .untilAsserted(() -> assertThat(host.host().plugins())
                        .allSatisfy(plugin ->
                                assertThat(plugin.state()).as("%s", plugin).isEqualTo(State.ACTIVE)));
        for (PluginView plugin : host.host().plugins()) {
            host.lifecycle(() -> host.lifecycleOf().stop(plugin.id(), "by command"));
        }
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                host.host().plugins().stream().filter(plugin -> plugin.state() == State.LEAKED))
                        .hasSize(LEFT_BEHIND.size()));
    }

    private static PluginJar jar(String id, String contribute) {
        PluginJar jar = PluginJar.modular(id, contribute)
                .source("test." + id + ".Task", "public class Task implements Runnable { public void run() { } }")
                .source("test." + id + ".BeanMBean", "public interface BeanMBean { }")
                .source("test." + id + ".Bean", "public class Bean implements BeanMBean { }")
                .source("module-info", """
                    module test.%1$s {
                        requires ch.qos.logback.classic;
                        requires ch.qos.logback.core;
                        requires dev.homeostat.api;
                        requires java.logging;
                        requires java.management;
                        exports test.%1$s;
                        provides dev.homeostat.api.plugin.Plugin with test.%1$s.ThePlugin;
                    }
                    """.formatted(id));
        for (String module : List.of("ch.qos.logback.classic", "ch.qos.logback.core")) {
            ModuleLayer.boot()
                    .configuration()
                    .findModule(module)
                    .flatMap(found -> found.reference().location())
                    .ifPresent(location -> jar.against(Path.of(location)));
        }
        if (id.equals("upon")) {
            jar.attribute("Plugin-Dependencies", "beneath");
        }
        return MINE.containsKey(id) ? jar.source("test." + id + ".Mine", MINE.get(id)) : jar;
    }

    @AfterAll
    void tidy() throws Exception {
        properties.keySet().removeIf(name -> name.toString().startsWith("pin-"));
        properties.setProperty("pin-deaf-ends", "yes");
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pin-"))
                .forEach(Thread::interrupt);
        Security.removeProvider("Pin");
        java.net.Authenticator.setDefault(null);
        Thread.setDefaultUncaughtExceptionHandler(null);
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            if (handler.getClass().getName().equals("test.handler.Mine")) {
                root.removeHandler(handler);
            }
        }
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("pin-appender")).detachAndStopAllAppenders();
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        if (beans.isRegistered(new ObjectName("pin:type=Bean"))) {
            beans.unregisterMBean(new ObjectName("pin:type=Bean"));
        }
        hostThread.shutdownNow();
        host.close();
    }

    private String reason(String id) {
        assertThat(host.plugin(id).state()).isEqualTo(State.LEAKED);
        return host.plugin(id).reason();
    }

    @Test
    void pluginThatLeavesNothing_isStopped() {
        assertThat(host.plugin("memos").state()).isEqualTo(State.STOPPED);
    }

    @Test
    void leak_isDegraded_andItsReasonTellsTheCommandToo() {
        assertThat(host.host().degraded()).isTrue();
        assertThat(reason("stack")).startsWith("stopped by command; version 1.0.0, unloaded at ");
    }

    @Test
    void leakOfWhatSomebodyStopped_isNoLackOfReadiness() {
        assertThat(Readiness.of(host.host()).missing()).isEmpty();
    }

    @Test
    void listenerToNotifications_isNamedWithItsBean() {
        assertThat(reason("listener"))
                .contains(
                        "a notification listener at MBean dev.homeostat:type=Host, added by test.listener.ThePlugin",
                        "ctx.onStop");
    }

    @Test
    void threadWithItsContextClassLoader_isNamed() {
        assertThat(reason("context"))
                .contains("thread \"pin-context\"", "its context class loader is the plugin's", "ctx.onStop");
    }

    @Test
    void threadWithItsClassOnTheStack_isNamedWithThePlace() {
        assertThat(reason("stack"))
                .contains("thread \"pin-stack\": it is in test.stack.ThePlugin.lambda$contribute$0(ThePlugin.java:")
                .doesNotContain("context class loader is");
    }

    @Test
    void threadOfItsOwnClass_isNamedWithTheClass() {
        assertThat(reason("subclass")).contains("thread \"pin-subclass\": it is a test.subclass.ThePlugin$1Waiting");
    }

    @Test
    void virtualThread_isNamedWithThePlace() {
        assertThat(reason("virtual"))
                .contains("virtual thread \"pin-virtual\": it is in test.virtual.ThePlugin.lambda$contribute$0(");
    }

    @Test
    void pluginThatIsKeptByOneThatDependsOnIt_isToldThatOnesThread() {
        assertThat(reason("beneath"))
                .contains("thread \"pin-upon\": it is in test.upon.ThePlugin.lambda$contribute$0(ThePlugin.java:");
    }

    @Test
    void timer_isNamedByItsThread() {
        assertThat(reason("timer")).contains("thread \"pin-timer\"");
    }

    @Test
    void pool_isNamedByItsThreads() {
        assertThat(reason("pool")).contains("thread \"pin-pool\"");
    }

    @Test
    void jobThatDoesNotHearTheInterrupt_isNamed() {
        assertThat(reason("job")).contains("virtual thread \"job: job \"deaf\"\": it is in test.job.ThePlugin.");
    }

    @Test
    void mbean_isNamed() {
        assertThat(reason("bean")).contains("MBean pin:type=Bean of class test.bean.Bean", "ctx.mbean");
    }

    @Test
    void shutdownHook_isNamed_whereTheJdkIsOpen() {
        assertThat(reason("hook")).contains("shutdown hook \"pin-hook\" of class test.hook.Task");
    }

    @Test
    void threadLocalOfAnothersThread_isNamed_whereTheJdkIsOpen() {
        assertThat(reason("local"))
                .contains("thread \"a-thread-of-the-host\" has a thread local with a test.local.Task");
    }

    @Test
    void systemProperty_isNamed() {
        assertThat(reason("property")).contains("system property \"pin-property\", class test.property.Task");
    }

    @Test
    void securityProvider_isNamed() {
        assertThat(reason("provider")).contains("security provider Pin, class test.provider.Mine");
    }

    @Test
    void handlerOfJavaLogging_isNamed() {
        assertThat(reason("handler")).contains("handler of java.util.logging logger \"\", class test.handler.Mine");
    }

    @Test
    void appenderOfLogback_isNamed() {
        assertThat(reason("appender"))
                .contains("appender \"mine\" of logger \"pin-appender\", class test.appender.Mine");
    }

    @Test
    void defaultHandlerOfUncaughtExceptions_isNamed() {
        assertThat(reason("uncaught"))
                .contains("default handler of uncaught exceptions is a test.uncaught.ThePlugin$$Lambda");
    }

    @Test
    void authenticator_isNamed() {
        assertThat(reason("authenticator")).contains("the process's Authenticator, class test.authenticator.Mine");
    }
}
