package dev.homeostat.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way out of where no host can be asked. (UnprivilegedIT is another user; root may open everything.) */
final class UnreachableTest {
    @TempDir
    Path directory;

    /** What sudo does not pass on is said. */
    @ParameterizedTest
    @CsvSource({"--home, true", "HOMEOSTAT_HOME, true", "the installation, false"})
    void anotherUsersHost_isAskedAsThatUser(String named, boolean said) throws IOException {
        CommandException error =
                new Unreachable(new Home(directory, named, "")).barred("denied", directory.resolve("data/control"));
        assertThat(error.exitCode()).isEqualTo(3);
        assertThat(error.hint())
                .as("the owner of what there is, where the rest cannot be seen")
                .isEqualTo("ask it as the user that it belongs to: sudo -u "
                        + Files.getOwner(directory).getName() + " homeostat"
                        + (said ? " --home " + Home.quoted(directory.toString()) : "") + " status");
    }

    @Test
    void noHost_isStarted() {
        assertThat(new Unreachable(new Home(directory, "--home", " --home x"))
                        .absent("nobody answers")
                        .hint())
                .isEqualTo("start one with: homeostat --home x run");
    }
}
