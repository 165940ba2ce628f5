package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wanted checked has been attempted since, if it is still desired, in the life that was asked: as a refresh when it was done, and anyway when it was not. */
final class ChecksCome extends Oracle {
    /** A row that was done just then may be known as done only a moment later, when its status is committed. */
    private static final long WRITTEN_NANOS = Duration.ofMillis(3).toNanos();

    private static final long WRITTEN_AT_LAST_NANOS = Duration.ofMillis(3_300).toNanos();

    private final List<Wanted> all = new ArrayList<>();

    private record Wanted(Life<?> life, @Nullable Key key, long nanos) {}

    ChecksCome(World<?> world) {
        super(world);
    }

    @Override
    void refreshed(Life<?> life, @Nullable Key key) {
        all.add(new Wanted(life, key, now()));
    }

    @Override
    void settled() {
        for (Wanted wanted : all) {
            if (wanted.life().isAlive()) {
                look(wanted);
            }
        }
    }

    private void look(Wanted wanted) {
        long written = world.scenario().commitFailures() ? WRITTEN_AT_LAST_NANOS : WRITTEN_NANOS;
        for (int number : world.wanted().keySet()) {
            Key key = world.key(number);
            boolean asked = wanted.key() == null || wanted.key().equals(key);
            boolean since = world.books().of(wanted.life().name, key).stream()
                    .anyMatch(call -> call.life == wanted.life() && call.overNanos() >= wanted.nanos() - written);
            if (asked && !since) {
                complain(() -> "somebody wanted " + world.text(key) + " checked by " + wanted.life() + " at "
                        + wanted.nanos() / 1e9 + ", and nobody did; it says: "
                        + NothingForgotten.explanation(wanted.life(), key));
            }
        }
    }
}
