package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Explanation;
import java.util.ArrayList;
import java.util.List;

/**
 * Every attempt ends in exactly one of done, failed with a scheduled retry, permanent, blocked, superseded, or cancelled by a stop: what the reconciler remembers of a
 * key is, attempt for attempt, what the target saw.
 */
final class Accounts extends Oracle {
    private static final int REMEMBERED = 500;

    private int turn;

    Accounts(World<?> world) {
        super(world);
    }

    @Override
    void idle() {
        if (turn++ % 7 == 0) {
            compareAll(turn / 7 % world.scenario().rows());
        }
    }

    @Override
    void settled() {
        for (int number = 0; number < world.scenario().rows(); number++) {
            compareAll(number);
        }
    }

    private void compareAll(int number) {
        for (Life<?> life : world.lives()) {
            if (life.isAlive() && world.books().of(life).size() < REMEMBERED) {
                compare(life, world.key(number));
            }
        }
    }

    private void compare(Life<?> life, Key key) {
        List<Call> calls = new ArrayList<>();
        for (Call call : world.books().of(life.name, key)) {
            if (call.life == life) {
                calls.add(call);
            }
        }
        List<Explanation.Attempt> attempts =
                life.reconciler().explain(key).map(Explanation::attempts).orElse(List.of()).reversed().stream()
                        .filter(attempt -> !wasSpared(attempt))
                        .toList();
        if (!calls.isEmpty() && calls.getLast().isRunning() && calls.getLast().isAbandoned(now())) {
            attempts = attempts.subList(
                    0, attempts.size() - 1); // one that was given up is there once more, as long as it runs
        }
        compare(life, key, calls, attempts);
    }

    private void compare(Life<?> life, Key key, List<Call> calls, List<Explanation.Attempt> attempts) {
        if (attempts.size() != calls.size()) {
            complain(() -> life + " remembers " + attempts.size() + " attempt(s) at " + text(key) + ", the target saw "
                    + calls.size() + ":\n  " + attempts + "\n  " + calls);
            return;
        }
        // what was abandoned is in the account when it was given up, and may stand behind what began later on another
        // generation: never on one key
        for (int i = 0; i < calls.size(); i++) {
            compare(calls.get(i), attempts.get(i));
        }
    }

    /** A removal that was rechecked right before it would have run, and did not reach the target. */
    private static boolean wasSpared(Explanation.Attempt attempt) {
        return attempt.operation().equals("prune") && attempt.outcome().equals("superseded");
    }

    private void compare(Call call, Explanation.Attempt attempt) {
        boolean same = attempt.startedAt().equals(call.life.boot.instant().plusNanos(call.beganNanos - now()))
                && (!call.isOnARow()
                        || (attempt.generation() == call.generation
                                && attempt.number() == call.number
                                && attempt.cause() == call.cause));
        if (!same) {
            complain(() -> "the account has " + attempt + " where the target saw " + call + " begin at "
                    + call.beganNanos / 1e9);
        } else if (!fits(call, attempt.outcome())) {
            complain(() -> call + " came to " + call.result
                    + (call.isAbandoned(now()) ? ", too late" : "") + ", and the account says \"" + attempt.outcome()
                    + "\"");
        }
    }

    private boolean fits(Call call, String outcome) {
        return switch (outcome) {
            case "running" -> call.isRunning();
            case "done" -> call.isDone(now());
            case "failed" -> call.hasFailed(now()) && !call.isPermanent(now()) && !call.isBlocked(now());
            case "blocked" -> call.isBlocked(now());
            case "permanent" -> call.isPermanent(now());
            case "superseded" -> call.isOver(now()) && wasSuperseded(call);
            default -> false;
        };
    }

    /** Whether there was a newer generation by the time it ended. */
    private boolean wasSuperseded(Call call) {
        Key key = call.key;
        if (key == null) {
            return false;
        }
        Books.Change newer = world.books().after(call.life.boot, key, call.generation);
        return newer != null && newer.nanos() <= call.overNanos();
    }

    private String text(Key key) {
        return world.text(key);
    }
}
