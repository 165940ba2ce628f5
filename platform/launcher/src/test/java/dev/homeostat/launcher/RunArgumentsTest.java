package dev.homeostat.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunArgumentsTest {
    @Test
    void parse_nothing_leavesAllUnset() throws Exception {
        RunArguments arguments = RunArguments.parse(List.of("run"));

        assertThat(arguments.help()).isFalse();
        assertThat(arguments.home()).isEmpty();
        assertThat(arguments.flags()).isEmpty();
        assertThat(arguments.properties()).isEmpty();
    }

    @Test
    void parse_everything_inAnyOrder() throws Exception {
        RunArguments arguments =
                RunArguments.parse(List.of("--home", "/srv/my home", "run", "--safe-mode", "-Da.b=c=d", "-Dswitch"));

        assertThat(arguments.home()).contains("/srv/my home");
        assertThat(arguments.flags()).containsEntry("safe-mode", "true");
        assertThat(arguments.properties()).containsEntry("a.b", "c=d").containsEntry("switch", "");
    }

    @Test
    void parse_homeWithEqualsSign() throws Exception {
        assertThat(RunArguments.parse(List.of("run", "--home=run")).home()).contains("run");
    }

    @Test
    void parse_aHomeCalledRun_isNoSecondCommand() throws Exception {
        assertThat(RunArguments.parse(List.of("run", "--home", "run")).home()).contains("run");
    }

    @Test
    void parse_help() throws Exception {
        assertThat(RunArguments.parse(List.of("run", "-h")).help()).isTrue();
        assertThat(RunArguments.parse(List.of("run", "--help")).help()).isTrue();
    }

    @Test
    void parse_unknownWord_namesItAndWhatThereIs() {
        assertThatThrownBy(() -> RunArguments.parse(List.of("run", "--saef-mode")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("unknown option \"--saef-mode\"")
                .hasMessageContaining("--safe-mode");
        assertThatThrownBy(() -> RunArguments.parse(List.of("run", "run")))
                .hasMessageContaining("unknown argument \"run\"");
    }

    @Test
    void parse_valueMissing_saysSo() {
        assertThatThrownBy(() -> RunArguments.parse(List.of("run", "--home")))
                .hasMessage("--home needs a directory after it");
        assertThatThrownBy(() -> RunArguments.parse(List.of("run", "--home=")))
                .hasMessage("--home needs a directory after it");
        assertThatThrownBy(() -> RunArguments.parse(List.of("run", "-D=x")))
                .hasMessage("\"-D=x\" names no property; write -Dkey=value");
    }
}
