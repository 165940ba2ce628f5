package dev.homeostat.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.plugin.ConfigListener;
import dev.homeostat.api.tree.AtLeast;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Secret;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.plugin.PluginConfigs;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.SettingView;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginBindingTest {
    private static final String HIDDEN = "hunter2";

    /** Public because codecs of the host see into records of plugins whose packages are open. */
    record Door(
            @Default("localhost") String host,
            @Default("1m") @AtLeast("1s") Duration check,
            @Default("[]") List<String> names,
            @Nullable Secret password) {}

    record House(Door front) {}

    @TempDir
    Path home;

    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final HealthBoard health = new HealthBoard(scheduler);
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void makeDirectory() throws IOException {
        Files.createDirectories(home.resolve("conf/plugins"));
    }

    private void file(String text) throws IOException {
        Files.writeString(home.resolve("conf/plugins/door.yaml"), text);
    }

    private PluginBindings bindings() {
        return new PluginBindings(
                new ConfigFiles(home, Map.of(), properties, variables, new YamlReader()),
                scheduler,
                health,
                Duration.ofSeconds(10));
    }

    private Door bind() {
        return bindings().open("door").bind(Door.class);
    }

    private void twoLooks() {
        scheduler.advance(FileWatch.PERIOD.multipliedBy(3));
    }

    private List<String> health() {
        return health.lines().stream().map(HealthLine::message).toList();
    }

    private static String from(List<SettingView> settings, String key) {
        return settings.stream()
                .filter(line -> line.key().equals(key))
                .map(line -> line.value() + " | " + line.from())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void precedence_isPropertyThenVariableThenFileThenDefault() throws IOException {
        file("host: of-file\ncheck: 5s\n");
        variables.put("HOMEOSTAT_PLUGIN_DOOR_HOST", "0644");
        variables.put("HOMEOSTAT_PLUGIN_DOOR_NAMES", "a, b");
        properties.put("homeostat.plugin.door.host", "of-property");
        PluginBindings all = bindings();
        PluginBinding binding = all.open("door");
        assertThat(binding.bind(Door.class))
                .isEqualTo(new Door("of-property", Duration.ofSeconds(5), List.of("a", "b"), null));
        assertThat(from(binding.settings(), "host")).isEqualTo("of-property | -Dhomeostat.plugin.door.host");
        assertThat(from(binding.settings(), "check")).isEqualTo("5s | conf/plugins/door.yaml:2");
        assertThat(from(binding.settings(), "names"))
                .isEqualTo("[a, b] | environment variable HOMEOSTAT_PLUGIN_DOOR_NAMES");
        assertThat(from(binding.settings(), "password")).isEqualTo(" | ");
        properties.clear();
        assertThat(bind().host()).as("text is taken as it is").isEqualTo("0644");
    }

    @Test
    void secret_isReadFromItsFile_orTheEnvironment_andShownNowhere() throws IOException {
        Files.writeString(home.resolve("secret"), HIDDEN + "\n");
        file("password-file: secret\n");
        PluginBinding binding = bindings().open("door");
        Door door = binding.bind(Door.class);
        assertThat(door.password()).isEqualTo(Secret.of(HIDDEN));
        assertThat(door.toString()).doesNotContain(HIDDEN);
        assertThat(from(binding.settings(), "password")).isEqualTo("*** | conf/plugins/door.yaml:1");
        variables.put("HOMEOSTAT_PLUGIN_DOOR_PASSWORD", "12345");
        assertThat(bind().password()).isEqualTo(Secret.of("12345"));
        variables.clear();
        variables.put(
                "HOMEOSTAT_PLUGIN_DOOR_PASSWORD_FILE", home.resolve("secret").toString());
        file("password: other");
        assertThat(bind().password()).isEqualTo(Secret.of(HIDDEN));
    }

    @Test
    void secretThatIsNotRight_isNotTold() throws IOException {
        for (String text : List.of(
                "password: [" + HIDDEN + "]",
                "password: 314159265",
                "password: *" + HIDDEN,
                "password: !" + HIDDEN + " x",
                "password: @" + HIDDEN,
                "password: \"\\" + HIDDEN + "\"",
                "password: &" + HIDDEN + " ' : x",
                "- " + HIDDEN,
                "password: {a: " + HIDDEN + "}",
                HIDDEN)) {
            file(text);
            assertThatThrownBy(this::bind)
                    .as(text)
                    .isInstanceOf(DocumentException.class)
                    .hasMessageStartingWith("conf/plugins/door.yaml")
                    .message()
                    .doesNotContain(HIDDEN, "314159265");
        }
    }

    @Test
    void secretFileThatIsMissing_orNamedBesideTheSecret_isAProblem() throws IOException {
        file("password-file: nowhere\ncheck: 0s\nhots: x\n");
        assertThatThrownBy(this::bind)
                .hasMessageContaining("conf/plugins/door.yaml:1: password-file: there is no file");
        file("password: a\npassword-file: b\n");
        assertThatThrownBy(this::bind).hasMessageContaining("password and password-file are both given");
    }

    @Test
    void change_isTakenUpLive_andTheNextOneToo() throws Exception {
        file("check: 5s\n");
        PluginBinding binding = listening((before, now) -> {
            heard.add(before.check() + " -> " + now.check());
            return true;
        });
        file("check: 7s\n");
        twoLooks();
        file("check: 9s # longer\n");
        twoLooks();
        assertThat(heard).containsExactly("PT5S -> PT7S", "PT7S -> PT9S");
        assertThat(binding.bind(Door.class).check()).isEqualTo(Duration.ofSeconds(9));
        assertThat(health()).isEmpty();
        file("check: 9s # the same\n");
        twoLooks();
        assertThat(heard).hasSize(2);
    }

    @Test
    void secretFileThatChanges_isAChange() throws Exception {
        Files.writeString(home.resolve("secret"), HIDDEN + "\n");
        file("password-file: secret\n");
        listening((before, now) -> {
            heard.add(now.password() == null ? "" : now.password().reveal());
            return true;
        });
        Files.writeString(home.resolve("secret"), "another one\n");
        twoLooks();
        assertThat(heard).containsExactly("another one");
    }

    @Test
    void changeThatIsWrong_orThatThePluginRefuses_keepsTheOld_andIsShown() throws Exception {
        file("check: 5s\n");
        PluginBinding binding = listening((before, now) -> {
            throw new IllegalStateException("too often");
        });
        file("check: 0s\nhots: x\n");
        twoLooks();
        assertThat(health())
                .singleElement()
                .asString()
                .startsWith("the changed configuration was rejected, and what was in force stays\n")
                .contains("conf/plugins/door.yaml:1: check: must be at least 1s, but was 0s")
                .contains("conf/plugins/door.yaml:2: unknown key \"hots\"; did you mean \"host\"?");
        file("check: 8s\n");
        twoLooks();
        assertThat(health()).singleElement().asString().endsWith("\nthe plugin refused it: too often");
        assertThat(binding.bind(Door.class).check()).isEqualTo(Duration.ofSeconds(5));
        Files.delete(home.resolve("conf/plugins/door.yaml"));
        twoLooks();
        assertThat(health()).singleElement().asString().contains("the file is gone");
        file("check: 5s\n");
        twoLooks();
        assertThat(health()).isEmpty();
    }

    @Test
    void changeThatIsNotTakenUpLive_waitsForARestart_orReloadsThePlugin() throws Exception {
        file("check: 5s\n");
        PluginBindings all = bindings();
        PluginBinding binding = all.open("door");
        assertThat(binding.bind(Door.class).check()).isEqualTo(Duration.ofSeconds(5));
        binding.start(PluginBindingTest::call);
        file("check: 6s\n");
        twoLooks();
        assertThat(health()).containsExactly("restart the host to apply: check 5s -> 6s (conf/plugins/door.yaml:1)");
        assertThat(binding.settings())
                .anyMatch(line -> line.value().equals("5s") && line.pending().equals("6s"));
        all.reloading(reloader());
        file("check: 7s\n");
        twoLooks();
        assertThat(heard).containsExactly("door");
        file("check: 5s # as it runs, since the reload failed\n");
        twoLooks();
        file("check: 5s\n");
        twoLooks();
        assertThat(heard).containsExactly("door", "door settled");
    }

    @Test
    void stop_endsTheWatch_andNothingOfThePluginIsKept() throws Exception {
        file("check: 5s\n");
        PluginBinding binding = listening((before, now) -> heard.add("called"));
        binding.stop();
        file("check: 6s\n");
        twoLooks();
        assertThat(heard).isEmpty();
        assertThat(binding.records()).isEmpty();
    }

    @Test
    void nestedSecret_hasItsKey() throws IOException {
        variables.put("HOMEOSTAT_PLUGIN_DOOR_FRONT_PASSWORD", HIDDEN);
        file("front: {host: a}\n");
        assertThat(bindings().open("door").bind(House.class).front().password()).isEqualTo(Secret.of(HIDDEN));
    }

    private PluginBinding listening(ConfigListener<Door> listener) {
        PluginBinding binding = bindings().open("door");
        assertThat(binding.bind(Door.class)).isNotNull();
        binding.listen(Door.class, listener);
        binding.start(PluginBindingTest::call);
        twoLooks();
        return binding;
    }

    private static boolean call(Callable<Boolean> body, Duration deadline) throws ExecutionException, TimeoutException {
        try {
            return body.call();
        } catch (Exception e) {
            throw new ExecutionException(e);
        }
    }

    @Test
    void pluginThatGoes_takesAlongWhatKeptItFromStarting() throws IOException {
        file("hots: x\n");
        PluginBindings all = bindings();
        all.reloading(reloader());
        assertThatThrownBy(() -> all.open("door").bind(Door.class)).isInstanceOf(DocumentException.class);
        assertThat(all.refused()).containsKey("door");
        all.pluginRemoved("door");
        assertThat(all.refused()).isEmpty();
        assertThat(all.isKnown("door")).isFalse();
        file("host: x\n");
        twoLooks();
        assertThat(heard).isEmpty();
    }

    /** As when the stop interrupts a listener. */
    @Test
    void pluginThatStopsWhileItTakesUpAChange_leavesNoLine() throws Exception {
        file("check: 5s\n");
        PluginBinding binding = bindings().open("door");
        assertThat(binding.bind(Door.class)).isNotNull();
        binding.listen(Door.class, (before, now) -> true);
        binding.start((body, deadline) -> {
            binding.stop();
            heard.add("stopped");
            throw new ExecutionException(new InterruptedException());
        });
        file("check: 6s\n");
        twoLooks();
        assertThat(heard).containsExactly("stopped");
        assertThat(health()).isEmpty();
    }

    /** Its constructor is a plugin's code. */
    record Trap(@Default("1") int depth) {
        Trap {
            if (depth > 1) {
                throw new AssertionError("too deep");
            }
        }
    }

    @Test
    void recordWhoseConstructorThrowsAnError_isRejected() throws Exception {
        file("depth: 1\n");
        PluginBinding binding = bindings().open("door");
        assertThat(binding.bind(Trap.class).depth()).isEqualTo(1);
        binding.start(PluginBindingTest::call);
        file("depth: 2\n");
        twoLooks();
        assertThat(health()).singleElement().asString().contains("was rejected", "AssertionError: too deep");
        assertThat(binding.bind(Trap.class).depth()).isEqualTo(1);
    }

    @Test
    void callerThatGivesUp_isToldOf() throws Exception {
        file("check: 5s\n");
        PluginBinding binding = bindings().open("door");
        assertThat(binding.bind(Door.class)).isNotNull();
        binding.listen(Door.class, (before, now) -> true);
        PluginConfigs.Caller slow = (body, deadline) -> {
            throw new TimeoutException();
        };
        binding.start(slow);
        file("check: 6s\n");
        twoLooks();
        assertThat(health())
                .singleElement()
                .asString()
                .contains("the plugin did not take it up within 10000 ms and was interrupted: check 5s -> 6s");
    }

    private PluginReloader reloader() {
        return new PluginReloader() {
            @Override
            public void reload(String plugin) {
                heard.add(plugin);
            }

            @Override
            public void settled(String plugin) {
                heard.add(plugin + " settled");
            }

            @Override
            public void rejected(String plugin) {
                heard.add(plugin + " rejected");
            }
        };
    }
}
