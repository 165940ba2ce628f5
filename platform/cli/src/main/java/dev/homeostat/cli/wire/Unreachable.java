package dev.homeostat.cli.wire;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says why no host of a home can be asked, and what to do. */
final class Unreachable {
    private final Home home;

    Unreachable(Home home) {
        this.home = home;
    }

    /** None runs there. */
    CommandException absent(String why) {
        return because(why, "start one with: homeostat" + home.option() + " run");
    }

    /**
     * One may run there, and does not answer this user.
     *
     * @param barred what this user may not look into or open
     */
    CommandException barred(String why, Path barred) {
        String owner = owner(barred);
        // The variable that names the home is not passed on by sudo.
        String option = home.named().equals("the installation")
                ? ""
                : " --home " + Home.quoted(home.directory().toString());
        return because(
                why,
                "ask it as the user that it belongs to: sudo -u " + Home.quoted(owner) + " homeostat" + option
                        + " status");
    }

    private static String owner(Path path) {
        try {
            return Files.getOwner(path).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return path.getParent() == null ? "USER" : owner(path.getParent());
        }
    }

    /** Whatever was being tried: who is interrupted reaches nobody. */
    private CommandException because(String why, String hint) {
        if (Thread.currentThread().isInterrupted()) {
            return new CommandException(ExitCode.INTERRUPTED, "interrupted", "");
        }
        return new CommandException(
                ExitCode.NO_HOST,
                "no host is reachable: home " + home.directory() + " (from " + home.named() + "): " + why,
                hint);
    }
}
