package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Health is degraded while something fails, a prune included, and statuses say what the last attempt came to. */
final class HealthTells extends Oracle {
    /** A status is written at the latest a millisecond after its result. */
    private static final long WRITTEN_NANOS = 3_000_000;

    private static final long RETRIED_NANOS = 1_100_000_000;

    /** Of each life the last prune that ended: whether it failed, as far as the target saw. */
    private final Map<Life<?>, Call> failedSearch = new HashMap<>();

    /**
     * Those that were running a prune when a held one was confirmed: that one begins when this one has ended, without a search, and may remove what this one failed to remove. Until the next
     * search nobody sees from outside which of the two a removal is of.
     */
    private final Set<Life<?>> oneAfterTheOther = new HashSet<>();

    HealthTells(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        if (call.kind == Call.Kind.SEARCH) {
            failedSearch.remove(call.life);
            oneAfterTheOther.remove(call.life);
        }
    }

    @Override
    void ended(Call call) {
        boolean prune = call.kind == Call.Kind.SEARCH || call.kind == Call.Kind.REMOVAL;
        boolean unclear = oneAfterTheOther.contains(call.life);
        if (prune && call.hasFailed(now()) && call.life.isAlive() && !isOutdated(call) && !unclear) {
            failedSearch.put(call.life, call);
        }
    }

    /** Whether it was given up, and another prune began since. */
    private boolean isOutdated(Call call) {
        return world.books().of(call.life).stream()
                .anyMatch(other -> other.kind == Call.Kind.SEARCH
                        && other.beganNanos > call.beganNanos
                        && other.beganNanos >= call.overNanos());
    }

    @Override
    void confirmed(Life<?> life) {
        failedSearch.remove(life); // it may succeed, and no search of it is seen
        if (life.reconciler().pruneState().equals("runs")) {
            oneAfterTheOther.add(life);
        }
    }

    @Override
    void idle() {
        for (Life<?> life : world.lives()) {
            if (life.isAlive()) {
                look(life);
            }
        }
    }

    private void look(Life<?> life) {
        int failing = 0;
        String example = "";
        for (int number = 0; number < world.scenario().rows(); number++) {
            Key key = world.key(number);
            Books.Change change = world.books().newest(life.boot, key);
            Call last = change == null ? null : world.books().last(life, key, change.revision());
            if (last != null && last.life == life && last.isOver(now())) {
                if (last.hasFailed(now())) {
                    failing++;
                    example = last.toString();
                }
                compareStatus(life, key, last);
            }
        }
        ReconcilerHealth health = life.reconciler().health();
        for (String problem : health.problems()) {
            if (problem.startsWith("internal error")) {
                complain(() -> life + " has a problem: " + problem);
            }
        }
        int sure = failing;
        String one = example;
        if (health.failing() < sure || (health.ok() && sure > 0)) {
            complain(() -> sure + " row(s) fail, such as " + one + ", and the health of " + life + " says: " + health);
        }
        Call prune = failedSearch.get(life);
        if (prune != null && health.problems().stream().noneMatch(problem -> problem.startsWith("prune"))) {
            complain(() -> prune + " failed, and the health of " + life + " does not know of a prune: " + health);
        }
    }

    private void compareStatus(Life<?> life, Key key, Call last) {
        if (now() - last.overNanos() < WRITTEN_NANOS || world.commitsFailedSince(now() - RETRIED_NANOS)) {
            return;
        }
        Status status = status(life, key);
        if (last.kind == Call.Kind.DELETE && last.isDone(now())) {
            if (status != null) {
                complain(() -> last + " is done, and there still is a status: " + status);
            }
            return;
        }
        boolean right = status != null
                && switch (status.kind()) {
                    case DONE, REFRESHING -> last.isDone(now());
                    case ERROR ->
                        last.hasFailed(now())
                                && status.isPermanent() == last.isPermanent(now())
                                && status.attempts() == last.number;
                    case PENDING -> false;
                };
        if (!right) {
            complain(() -> last + " came to " + last.result + (last.isAbandoned(now()) ? ", too late," : "") + " "
                    + millis(now() - last.overNanos()) + " ago, and the status is " + status + "; "
                    + NothingForgotten.explanation(life, key));
        } else if (status != null && status.kind() == StatusKind.ERROR && status.generation() != last.generation) {
            complain(() -> "the status " + status + " has another generation than " + last);
        }
    }

    private <T> @Nullable Status status(Life<T> life, Key key) {
        return life.reconciler().status(world.database().readTxn(), key);
    }
}
