package dev.homeostat.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.process.Surroundings;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine.Model.CommandSpec;

@Timeout(30)
final class LinesTest {
    private final List<String> ran = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch began = new CountDownLatch(1);

    private final Commands commands = new Commands() {
        @Override
        public int run(Surroundings around, String... words) {
            ran.add(String.join("|", words));
            return switch (words[words.length - 1]) {
                case "fail" -> 1;
                case "misuse" -> 2;
                case "fault" -> throw new IllegalStateException("planted");
                case "hang" -> hang();
                default -> 0;
            };
        }

        private int hang() {
            began.countDown();
            try {
                new CountDownLatch(1).await();
                return 0;
            } catch (InterruptedException e) {
                return 130;
            }
        }

        @Override
        public CommandSpec spec() {
            return CommandSpec.create();
        }
    };

    private Lines lines(String... given) {
        PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Lines(
                commands,
                new Surroundings(Map.of(), Path.of("/"), Path.of("/"), false, out, out, question -> null),
                List.of(given));
    }

    private int runAll(String text) {
        return lines().runAll(new BufferedReader(new StringReader(text)));
    }

    @Test
    void lines_runOneAfterTheOther_withoutOrWithTheNameOfTheProgram() {
        assertThat(runAll("""
            status
              # a remark

            homeostat db get t 'a b'
            help db get
            """)).isZero();
        assertThat(ran).containsExactly("status", "db|get|t|a b", "db|get|--help");
    }

    @Test
    void failure_isTheExitCode_andWhatFollowsRuns() {
        assertThat(runAll("a\nb fail\nc misuse\nd\n")).isEqualTo(1);
        assertThat(ran).hasSize(4);
    }

    @Test
    void exit_endsIt() {
        assertThat(runAll("a\nexit\nb fail\n")).isZero();
        assertThat(ran).containsExactly("a");
    }

    @Test
    void quoteOverLines_isOneWord_andABackslashJoinsThem() {
        runAll("get 'a\nb'\nget a\\\nb");
        assertThat(ran).containsExactly("get|a\nb", "get|ab");
    }

    @Test
    void quoteThatIsNeverClosed_isAMisuse() {
        assertThat(runAll("get 'a\nb")).isEqualTo(2);
        assertThat(ran).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("ends within quotes");
    }

    @Test
    void shellInAShell_isRefused() {
        assertThat(runAll("shell\nrun --safe-mode\n")).isEqualTo(2);
        assertThat(ran).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("\"run\" is no command of this shell", "in another terminal: homeostat run");
    }

    @Test
    void whatCannotBeRunHere_isSaidWithTheHostOfTheShell() {
        assertThat(lines("--home", "/a b").run(List.of("run"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("in another terminal: homeostat --home '/a b' run");
    }

    @Test
    void clear_isNoCommandOfTheHost_andNothingWhereThereIsNoScreen() {
        assertThat(runAll("clear\na\n")).isZero();
        assertThat(ran).containsExactly("a");
    }

    @Test
    void optionsOfTheShell_holdForAllLines_unlessALineHasItsOwn() {
        Lines lines = lines("--home", "/h", "--output", "json");
        lines.run(List.of("status"));
        lines.run(List.of("status", "--home=/other"));
        lines.run(List.of("status", "-otable"));
        assertThat(ran)
                .containsExactly(
                        "--output|json|--home|/h|status",
                        "--output|json|status|--home=/other",
                        "--home|/h|status|-otable");
    }

    @Test
    void interrupt_endsTheCommand_andNotTheShell() throws InterruptedException {
        Running running = new Running(lines());
        Thread.ofVirtual().start(() -> {
            try {
                began.await();
                running.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(running.run(List.of("hang"))).isEqualTo(130);
        running.interrupt(); // where nothing runs it does nothing
        assertThat(running.run(List.of("status"))).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void commandWithAFault_isToldOf_andTheShellGoesOn() {
        Running running = new Running(lines());
        assertThat(running.run(List.of("fault"))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("fault of its own", "planted");
        assertThat(running.run(List.of("status"))).isZero();
    }
}
