package dev.homeostat.plugintest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.plugintest.HostedPlugin.State;
import dev.homeostat.plugintest.leaky.LeakyPlugin;
import dev.homeostat.plugintest.memos.Memo;
import dev.homeostat.plugintest.memos.MemosPlugin;
import dev.homeostat.plugintest.nosy.NosyPlugin;
import dev.homeostat.plugintest.quiet.QuietPlugin;
import dev.homeostat.plugintest.refusing.RefusingPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a test with a {@link PluginHost} can do, and what each thing that is wrong with a plugin makes of it. */
final class PluginTestIT {
    private static final PluginJar MEMOS = PluginJar.of(MemosPlugin.class);

    @AfterEach
    void endWhatPluginsLeft() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("leaky"))
                .forEach(Thread::interrupt);
        if (System.getProperties().remove("quiet-timer") instanceof Timer timer) {
            timer.cancel();
        }
    }

    @PluginTest
    static final class Good {
        @Test
        void rows(PluginHost host) throws Exception {
            HostedPlugin plugin = host.deploy(MEMOS);
            assertThat(plugin.state()).isEqualTo(State.ACTIVE);
            assertThat(plugin.tables()).containsExactly("memos");
            assertThat(plugin.isolation()).startsWith("module layer");
            host.put(Memo.TABLE, new Memo("a", "one"));
            host.awaitReconciled("memos");
            assertThat(host.home().resolve("data/memos/a")).hasContent("one");
            assertThat(host.rows(Memo.TABLE)).containsExactly(new Memo("a", "one"));
            assertThat(host.row("memos", "a").orElseThrow().status().kind()).isEqualTo(StatusKind.DONE);
            assertThat(host.reconciler("memos/disk").stats()).containsEntry("updates", 1L);

            host.delete("memos", "a");
            host.awaitGone("memos", "a");
            assertThat(host.home().resolve("data/memos/a")).doesNotExist();
        }

        @Test
        void redeploy_keepsRowsAndWhatIsDone(PluginHost host) {
            host.deploy(MEMOS);
            host.put(Memo.TABLE, new Memo("a", "one"));
            host.awaitReconciled("memos");

            assertThat(host.redeploy(MEMOS.version("1.1.0")).version()).isEqualTo("1.1.0");

            assertThat(host.rows(Memo.TABLE)).containsExactly(new Memo("a", "one"));
            host.awaitReconciled("memos");
            assertThat(host.reconciler("memos/disk").stats()).containsEntry("updates", 0L);
            host.awaitUnloaded();
        }

        @Test
        void undeploy_forgetsIt(PluginHost host) {
            host.deploy(MEMOS);
            host.undeploy("memos");
            host.awaitUnloaded();
            assertThat(host.plugins()).extracting(HostedPlugin::id).containsExactly("manifests");
            assertThatThrownBy(() -> host.rows("memos")).hasMessageContaining("there is no table \"memos\"");
            host.deploy(MEMOS);
        }

        @Test
        void manifestsAndConfiguration_areRead(PluginHost host) {
            host.config("memos", "directory: here\n")
                    .manifest("memos.yaml", """
                        table: memos
                        rows:
                          - name: hello
                            text: Hello, world
                        """)
                    .deploy(MEMOS);
            assertThat(host.awaitDone("memos", "hello").as(Memo.TABLE)).isEqualTo(new Memo("hello", "Hello, world"));
            assertThat(host.home().resolve("data/here/hello")).hasContent("Hello, world");
            host.manifest("memos.yaml", "table: memos\nrows: [{name: hello, text: Bye}]\n");
            host.await(() -> assertThat(host.home().resolve("data/here/hello")).hasContent("Bye"));
            assertThat(host.log()).anyMatch(line -> line.contains("[memos") && line.endsWith("memos are kept"));
        }

        @Test
        void ask_answersAsTheControlSocketDoes(PluginHost host) {
            host.deploy(MEMOS);
            Tree.Mapping answer = (Tree.Mapping) host.ask("reconcilers.pause", Map.of("name", "memos/disk"));
            assertThat(answer.entries()).containsEntry("paused", Tree.scalar(true));
            assertThatThrownBy(() -> host.ask("reconcilers.pause", Map.of("name", "memo/disk")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("did you mean \"memos/disk\"?");
        }

        @Test
        void refusals_thatAreTried_areNoFailure(PluginHost host) {
            HostedPlugin refused = host.tryDeploy(PluginJar.of(RefusingPlugin.class));
            assertThat(refused.state()).isEqualTo(State.FAILED);
            assertThat(refused.reason()).contains("there is no memo on the fridge");

            host.deploy(MEMOS);
            HostedPlugin old = host.tryDeploy(
                    PluginJar.of(RefusingPlugin.class).id("memos").version("2.0.0"));
            assertThat(old.version()).isEqualTo("1.0.0");
            assertThat(old.state()).isEqualTo(State.ACTIVE);
            assertThat(old.reason()).contains("2.0.0", "there is no memo on the fridge");
        }

        @Test
        void plugin_seesOfTheTestWhatItSeesInAnInstallation(PluginHost host) {
            host.deploy(PluginJar.of(NosyPlugin.class));
            assertThat(host.log())
                    .filteredOn(line -> line.contains(": sees"))
                    .singleElement()
                    .asString()
                    .endsWith(": sees com.sun.net.httpserver.HttpServer javax.tools.ToolProvider"
                            + " com.sun.source.tree.Tree");
        }
    }

    @Test
    void goodPlugin_passes() {
        Run run = Run.of(Good.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).hasSize(7);
    }

    @PluginTest
    static final class Reloaded {
        @Test
        void loaders_areAsManyAsBefore(PluginHost host) {
            host.deploy(MEMOS);
            assertThat(host.redeploy(MEMOS, 20).state()).isEqualTo(State.ACTIVE);
        }
    }

    @Test
    void twentyRedeployments_leaveNothing_andAreQuick() {
        Run run = Run.of(Reloaded.class);
        assertThat(run.failures()).isEmpty();
        System.out.println(
                "20 redeployments, each followed to its end: " + run.took().toMillis() + " ms");
        assertThat(run.took()).isLessThan(Duration.ofSeconds(40));
    }

    @PluginTest
    static final class Leaking {
        @Test
        void leaks(PluginHost host) {
            host.deploy(PluginJar.of(LeakyPlugin.class));
        }
    }

    @Test
    void pluginThatLeavesAThread_failsTheTest_withTheHostsOwnWords() {
        Run run = Run.of(Leaking.class);
        assertThat(run.complaint())
                .contains(
                        "plugin \"leaky\" has leaked: version 1.0.0 was unloaded and is still in memory: ",
                        "thread \"leaky\": it is in"
                                + " dev.homeostat.plugintest.leaky.LeakyPlugin.lambda$contribute$0(LeakyPlugin.java:",
                        "its context class loader is the plugin's",
                        "end it before the plugin has stopped: use ctx.job and ctx.scheduler")
                .doesNotContain("was started by a plugin");
        assertThat(run.took()).isLessThan(Duration.ofSeconds(8));
    }

    @PluginTest
    static final class LeakingWhenRedeployed {
        @Test
        void leaks(PluginHost host) {
            PluginJar leaky = PluginJar.of(LeakyPlugin.class);
            host.deploy(leaky);
            host.redeploy(leaky, 3);
        }
    }

    @Test
    void redeploymentThatLeavesAThread_failsAtTheFirst() {
        assertThat(Run.of(LeakingWhenRedeployed.class).complaint())
                .startsWith("redeployment 1 of 3: plugin \"leaky\" has leaked: version 1.0.0 was unloaded")
                .contains("suppressed: plugin \"leaky\" has leaked: version 1.0.0");
    }

    @PluginTest(classes = "target/no-classes")
    static final class NotCompiled {
        @Test
        void deploys(PluginHost host) {
            host.deploy();
        }
    }

    @Test
    void classesThatAreNotThere_areTold() {
        assertThat(Run.of(NotCompiled.class).complaint()).contains("target/no-classes is neither", "is it compiled?");
    }

    @PluginTest
    static final class Refusing {
        @Test
        void refuses(PluginHost host) {
            host.deploy(PluginJar.of(RefusingPlugin.class));
        }
    }

    @Test
    void pluginThatDoesNotStart_failsTheTestOnce_withItsReason_andWhatTheHostLogged() {
        assertThat(Run.of(Refusing.class).complaint())
                .startsWith("plugin \"refusing\" 1.0.0 is failed: ")
                .contains("there is no memo on the fridge", "suppressed: the host has logged:\n");
    }

    @PluginTest
    static final class FailingLater {
        @Test
        void fails(PluginHost host) throws Exception {
            host.deploy(MEMOS);
            Files.write(
                    host.home().resolve("plugins/memos.jar"),
                    PluginJar.of(RefusingPlugin.class)
                            .id("memos")
                            .version("2.0.0")
                            .bytes());
            host.await(() -> assertThat(host.plugin("memos").reason()).isNotEmpty());
        }
    }

    @Test
    void pluginOfWhichSomethingWasRefused_failsTheTestAfterIt() {
        assertThat(Run.of(FailingLater.class).complaint())
                .startsWith("plugin \"memos\" 1.0.0 is active: ")
                .contains("2.0.0", "there is no memo on the fridge");
    }

    @PluginTest
    static final class Quiet {
        @Test
        void leavesAThread(PluginHost host) {
            host.deploy(PluginJar.of(QuietPlugin.class));
        }
    }

    @Test
    void threadThatPinsNothing_failsTheTestToo() {
        assertThat(Run.of(Quiet.class).complaint())
                .startsWith("thread \"quiet-timer\" was started by a plugin and is still there, in java.");
    }

    @PluginTest(patience = 1)
    static final class Impatient {
        @Test
        void waits(PluginHost host) {
            host.deploy(MEMOS);
            host.put(Memo.TABLE, new Memo("bad", ""));
            host.awaitDone("memos", "bad");
        }

        @Test
        void waitsForTheTable(PluginHost host) {
            host.deploy(MEMOS);
            host.put(Memo.TABLE, new Memo("bad", ""));
            host.awaitReconciled("memos");
        }
    }

    @Test
    void waitThatIsOver_tellsHowThingsAre() {
        Run run = Run.of(Impatient.class);
        assertThat(run.failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageContaining("after 1 s")
                        .hasMessageContaining("plugin \"memos\" 1.0.0 is active")
                        .hasMessageContaining("table \"memos\" has 1 row(s)")
                        .hasMessageContaining("bad: nobody can keep it"));
    }

    @PluginTest
    static final class Shared {
        private static PluginHost shared;

        @org.junit.jupiter.api.BeforeAll
        static void deploy(PluginHost host) {
            shared = host;
            host.deploy(MEMOS);
        }

        @Test
        void one(PluginHost host) {
            assertThat(host).isSameAs(shared);
            host.put(Memo.TABLE, new Memo("one", ""));
        }

        @Test
        void two(PluginHost host) {
            assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
        }
    }

    @Test
    void hostOfBeforeAll_isThatOfAllTests_andEndsAfterThem() {
        Run run = Run.of(Shared.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).hasSize(2);
        assertThat(Shared.shared.home()).doesNotExist();
    }

    @PluginTest
    static final class Constructed {
        Constructed(PluginHost host) {}

        @Test
        void neverRuns() {}
    }

    @Test
    void constructor_isTold() {
        assertThat(Run.of(Constructed.class).complaint())
                .contains("a PluginHost is no parameter of a constructor: take it in the test");
    }

    @PluginTest
    static final class Misconfigured {
        @Test
        void start(PluginHost host) {
            host.file("conf/homeostat.yaml", "surces: []\n").start();
        }
    }

    @Test
    void hostThatCannotStart_saysWhy() {
        assertThat(Run.of(Misconfigured.class).complaint()).contains("the host cannot start: ", "surces", "sources");
    }

    @Test
    void jarWithoutAnId_saysWhatToDo() throws Exception {
        Path classes = Files.createTempDirectory("no-id");
        assertThatThrownBy(() -> PluginJar.of(classes).id())
                .hasMessageContaining("has no Plugin-Id")
                .hasMessageContaining("@PluginTest(id = ");
        Files.delete(classes);
        assertThatThrownBy(() -> PluginJar.of(classes)).hasMessageContaining("is it compiled?");
    }

    @Test
    void projectWithoutAPlugin_saysWhatToDo() {
        assertThatThrownBy(PluginJar::ofProject)
                .hasMessage("no directory on the class path provides a plugin;"
                        + " name the one to test: @PluginTest(classes = \"target/classes\")");
    }

    @Test
    void jar_hasWhatItWasGiven() throws Exception {
        PluginJar jar = MEMOS.entry("extra/a", "a").entry("extra/b", "b").attribute("Plugin-Requires", ">=0.1.0");
        Path file = Files.createTempFile("memos", ".jar");
        Files.write(file, jar.without("extra/a").bytes());
        PluginJar read = PluginJar.of(file);
        assertThat(read.bytes()).isEqualTo(jar.without("extra/a").bytes()).isNotEqualTo(jar.bytes());
        assertThat(read.without("extra").bytes())
                .isEqualTo(MEMOS.attribute("Plugin-Requires", ">=0.1.0").bytes());
        assertThat(List.of(read.id(), read.version())).containsExactly("memos", "1.0.0");
        Files.delete(file);
    }
}
