package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** Labels mean the same in all commands: whoever completes a word knows what may stand there by its label. */
final class ParameterLabelsTest {
    private static final Set<String> COMPLETED = Set.of(
            "DIR",
            "FILE",
            "FORMAT",
            "ID",
            "JAR",
            "KEY",
            "KEY,...",
            "KEY=VALUE",
            "MODE",
            "NAME",
            "NUMBER",
            "SHELL",
            "TABLE");

    /** Of these nobody can know what is meant. */
    private static final Set<String> FREE =
            Set.of("COLUMN,...", "COUNT", "FIELD,...", "FIELD=VALUE", "NUM", "TIME", "WORD");

    @Test
    void everyLabel_isCompleted_orIsKnownToBeFree() {
        Map<String, String> unknown = new TreeMap<>();
        look(CommandTree.build().getCommandSpec(), unknown);
        assertThat(unknown)
                .as("teach Completion what may stand there, or name it here as free")
                .isEmpty();
    }

    private static void look(CommandSpec command, Map<String, String> unknown) {
        command.args().stream()
                .filter(arg -> arg.arity().max() > 0)
                .map(arg -> arg.paramLabel())
                .filter(label -> !COMPLETED.contains(label) && !FREE.contains(label))
                .forEach(label -> unknown.put(label, command.qualifiedName()));
        command.subcommands().values().forEach(line -> look(line.getCommandSpec(), unknown));
    }
}
