package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.SettingView;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The configuration of plugins in a host that runs: secrets, live changes, reloads. */
final class PluginConfigTest {
    private static final String HIDDEN = "hunter2-of-the-test";

    private static final String CONFIG = """
        public record Config(@Default("1m") @AtLeast("1s") Duration every, @Nullable Secret password) {}
        static String seen = "";
        static final class Refusing implements Operations<String> {
            private final Config config;
            Refusing(Config config) { this.config = config; }
            public Outcome update(OperationContext context, String row) throws Exception {
                throw new Exception("cannot do it with " + config + " and " + config.password());
            }
            public Outcome delete(OperationContext context, String row) { return Outcome.done(); }
            public void prune(PruneContext context, Rows<String> desired) {}
        }
        """.replace("@Nullable", "@org.jspecify.annotations.Nullable");

    private static final String CONTRIBUTE = """
        HealthReporter every = ctx.health("every");
        ctx.job("h", () -> every.ok(String.valueOf(config)));
        org.slf4j.LoggerFactory.getLogger("test.door").info("configured with {}", config);
        Database database = ctx.database();
        RWTable<String> names = ctx.table(TableSpec.of("names", String.class, Index.unique("id", Keys.STRING, s -> s)));
        ctx.reconciler("r", names, new Refusing(config), Options.defaults());
        ctx.job("j", () -> database.write(names, txn -> names.insert(txn, "a")));
        """;

    private static final String LIVE = """
        HealthReporter heard = ctx.health("heard");
        Config config = ctx.config(Config.class, (before, now) -> {
            if (now.every().toSeconds() == 13) throw new IllegalStateException("13 brings bad luck: " + now);
            heard.ok(now.every() + " on " + Thread.currentThread().getName() + " of "
                    + (Thread.currentThread().getContextClassLoader() == Config.class.getClassLoader()));
            return now.every().toSeconds() != 14;
        });
        """;

    @TempDir
    Path directory;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    private @Nullable Level level;

    @BeforeEach
    void listen() {
        appender.start();
        level = root().getLevel();
        root().setLevel(Level.INFO);
        root().addAppender(appender);
    }

    @AfterEach
    void end() {
        root().detachAppender(appender);
        root().setLevel(level);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static PluginJar door(String config) {
        return PluginJar.modular("door", "")
                .source("module-info", """
                    module test.door {
                        requires dev.homeostat.api;
                        requires static org.jspecify;
                        requires org.slf4j;
                        provides dev.homeostat.api.plugin.Plugin with test.door.ThePlugin;
                    }
                    """)
                .pluginClass("door", CONFIG, config + CONTRIBUTE);
    }

    private HostFixture started(String config) throws Exception {
        return new HostFixture(directory)
                .file("conf/homeostat.yaml", "sources: []\n")
                .file("conf/plugins/door.yaml", "every: 5s\n")
                .file("secret", HIDDEN + "\n")
                .variable("HOMEOSTAT_PLUGIN_DOOR_PASSWORD_FILE", "secret")
                .with(door(config), "door.jar")
                .start();
    }

    private static String health(HostFixture host, String name) {
        return host.host().health().stream()
                .filter(line -> line.name().equals(name))
                .map(HealthLine::message)
                .findFirst()
                .orElse("");
    }

    private static String jmx(String operation) throws Exception {
        return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("dev.homeostat:type=Host"), operation, null, null));
    }

    @Test
    void secret_isInNothingThatTheHostShows() throws Exception {
        try (HostFixture host = started(LIVE)) {
            assertThat(host.plugin("door").reason()).isEmpty();
            await().untilAsserted(
                            () -> assertThat(health(host, "every")).isEqualTo("Config[every=PT5S, password=***]"));
            assertThat(host.host().configuration().show())
                    .extracting(SettingView::key, SettingView::value, SettingView::from)
                    .contains(tuple("password", "***", "environment variable HOMEOSTAT_PLUGIN_DOOR_PASSWORD_FILE"));
            await().untilAsserted(() -> assertThat(jmx("status")).contains("cannot do it with Config[every=PT5S"));
            host.file("conf/plugins/door.yaml", "every: 13s\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(health(host, "configuration")).contains("13 brings bad luck"));
            Object explained = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("dev.homeostat:type=Table,name=names"),
                            "explain",
                            new Object[] {"a"},
                            new String[] {"java.lang.String"});
            assertThat(List.of(
                            String.valueOf(explained),
                            jmx("status"),
                            jmx("configShow"),
                            jmx("configCheck"),
                            host.host().health().toString(),
                            String.join("\n", log)))
                    .allSatisfy(text -> assertThat(text).doesNotContain(HIDDEN));
            assertThat(String.valueOf(explained)).contains("password=***");
            assertThat(log).anyMatch(line -> line.contains("configured with Config[every=PT5S, password=***]"));
        }
    }

    @Test
    void secretOfAPluginThatFails_isNotInItsReason() throws Exception {
        try (HostFixture host = started("Config config = ctx.config(Config.class);"
                + "if (config != null) throw new IllegalStateException(\"no door for \" + config);")) {
            assertThat(host.plugin("door").state()).isEqualTo(State.FAILED);
            assertThat(host.plugin("door").reason()).contains("no door for Config[every=PT5S, password=***]");
            assertThat(String.join("\n", log)).doesNotContain(HIDDEN);
        }
    }

    @Test
    void changedFile_isTakenUpLive_refused_orByAReload() throws Exception {
        try (HostFixture host = started(LIVE)) {
            host.file("conf/plugins/door.yaml", "every: 7s\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(health(host, "heard")).isEqualTo("PT7S on door: configuration of true"));
            assertThat(health(host, "every")).as("the plugin was not reloaded").contains("PT5S");
            host.file("conf/plugins/door.yaml", "every: 0s\nevry: 3s\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(health(host, "configuration"))
                            .contains("what was in force stays")
                            .contains("conf/plugins/door.yaml:1: every: must be at least 1s")
                            .contains("conf/plugins/door.yaml:2: unknown key \"evry\"; did you mean \"every\"?"));
            assertThat(host.host().degraded()).isTrue();
            assertThat(host.host().configuration().check()).hasSize(2).allMatch(problem -> problem.error());
            host.file("conf/plugins/door.yaml", "every: 14s\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(health(host, "every")).contains("PT14S"));
            assertThat(host.plugin("door").state()).isEqualTo(State.ACTIVE);
            assertThat(health(host, "configuration")).isEmpty();
            assertThat(host.host().configuration().check()).isEmpty();
        }
    }

    @Test
    void mendedFileOfAPluginThatCouldNotStart_startsIt() throws Exception {
        try (HostFixture host = new HostFixture(directory)
                .file("conf/homeostat.yaml", "sources: []\n")
                .file("conf/plugins/door.yaml", "evry: 5s\n")
                .with(door("Config config = ctx.config(Config.class);"), "door.jar")
                .start()) {
            assertThat(host.plugin("door").state()).isEqualTo(State.FAILED);
            assertThat(host.host().configuration().check())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("did you mean \"every\"?"));
            host.file("conf/plugins/door.yaml", "every: 6s\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(host.plugin("door").state()).isEqualTo(State.ACTIVE));
            assertThat(host.host().configuration().check()).isEmpty();
        }
    }

    @Test
    void pluginThatCouldNotStart_isNoProblemOfTheConfigurationOnceItIsGone() throws Exception {
        try (HostFixture host = new HostFixture(directory)
                .file("conf/homeostat.yaml", "sources: []\n")
                .file("conf/plugins/door.yaml", "evry: 5s\n")
                .with(door("Config config = ctx.config(Config.class);"), "door.jar")
                .start()) {
            assertThat(host.host().configuration().check()).anyMatch(problem -> problem.error());
            Files.delete(host.plugins().resolve("door.jar"));
            await().untilAsserted(() -> assertThat(host.host().configuration().check())
                    .noneMatch(problem -> problem.error())
                    .anyMatch(problem -> problem.message().contains("there is no plugin \"door\"")));
        }
    }

    @Test
    void changedFileOfAPluginThatDoesNotListen_reloadsIt() throws Exception {
        try (HostFixture host = started("Config config = ctx.config(Config.class);")) {
            host.file("conf/plugins/door.yaml", "every: 9s\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(health(host, "every")).contains("PT9S"));
            assertThat(host.plugin("door").state()).isEqualTo(State.ACTIVE);
        }
    }

    @Test
    void keyThatOnlyTheRefusedVersionKnows_bringsThatVersion() throws Exception {
        try (HostFixture host = started(LIVE)) {
            PluginJar next = PluginJar.modular("door", "")
                    .attribute("Plugin-Version", "2.0.0")
                    .pluginClass(
                            "door",
                            "public record Config(@Default(\"1m\") Duration every, String colour) {}",
                            "ctx.health(\"colour\"); ctx.config(Config.class);");
            host.with(next, "door.jar");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(host.plugin("door").reason()).contains("2.0.0", "refused", "colour"));
            assertThat(host.plugin("door").version()).isEqualTo("1.0.0");

            host.file("conf/plugins/door.yaml", "every: 6s\ncolour: red\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(host.plugin("door").version()).isEqualTo("2.0.0"));
            assertThat(host.plugin("door").reason()).isEmpty();
            assertThat(health(host, "configuration")).doesNotContain("rejected");
        }
    }
}
