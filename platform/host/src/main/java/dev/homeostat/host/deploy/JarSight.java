package dev.homeostat.host.deploy;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was seen of one file from look to look. A state of it is told when two looks agree on it and it is a whole jar, or when it was not for too long. */
final class JarSight {
    /** For so long, a file that does not change may be no whole jar before that is told. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path path;
    private final String shown;
    private @Nullable Object seen;
    private long seenSince;
    private boolean settled;
    private boolean absent;
    private @Nullable FoundJar told;

    JarSight(Path path, String shown) {
        this.path = path;
        this.shown = shown;
    }

    /** What is told of it: its last state that was. */
    Optional<FoundJar> told() {
        return Optional.ofNullable(told);
    }

    /** Whether it is likely being written: it changed lately, or is not whole yet. */
    boolean isUnsettled() {
        return !settled && !absent;
    }

    /** The first look of all: what is there is told at once, whole or not. What is still being written is seen to change later. */
    void lookFirst(Object stamp, long now) {
        seen = stamp;
        seenSince = now;
        String problem = Wholeness.problem(path);
        tell(problem.isEmpty() ? "" : "it cannot be read as a jar (" + problem + "): it is damaged, or something else");
    }

    /** The file has this stamp now. */
    void look(Object stamp, long now) {
        absent = false;
        if (!stamp.equals(seen)) {
            seen = stamp;
            seenSince = now;
            settled = told != null && told.stamp().equals(stamp);
            return;
        }
        if (settled) {
            return;
        }
        String problem = Wholeness.problem(path);
        if (problem.isEmpty()) {
            tell("");
        } else if (now - seenSince >= PATIENCE.toNanos()) {
            tell("it is no whole jar (" + problem + "), and has not changed for " + PATIENCE.toSeconds()
                    + " s: half of it is missing, or it is something else");
        }
    }

    /** The file is not there; says whether it was not at the last look either. */
    boolean lookAbsent() {
        boolean again = absent;
        absent = true;
        seen = null;
        settled = false;
        return again;
    }

    private void tell(String why) {
        settled = true;
        told = new FoundJar(path, shown, requireNonNull(seen), why);
    }
}
