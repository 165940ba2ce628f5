package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Waits end, and when one says that all is reconciled, all that was there when it began is done, superseded or deleted. */
final class WaitsEnd extends Oracle {
    private final List<Waiting> waits = new ArrayList<>();

    private record Waiting(
            Life<?> life, Map<Key, Long> generations, long since, CompletableFuture<WaitResult> result) {}

    WaitsEnd(World<?> world) {
        super(world);
    }

    @Override
    void waited(Life<?> life) {
        Map<Key, Long> generations = new LinkedHashMap<>();
        for (int number = 0; number < world.scenario().rows(); number++) {
            Key key = world.key(number);
            Books.Change change = world.books().newest(life.boot, key);
            if (change != null && change.row()) {
                generations.put(key, change.revision());
            }
        }
        Waiting waiting = new Waiting(
                life,
                generations,
                now(),
                life.reconciler().waitForReconciliation().toCompletableFuture());
        waits.add(waiting);
        var _ = waiting.result().thenAccept(result -> ended(waiting, result));
    }

    private void ended(Waiting waiting, WaitResult result) {
        world.trace()
                .line(waiting.life().toString(), () -> "a wait since " + waiting.since() / 1e9 + " ends: " + result);
        if (!result.reconciled()) {
            return;
        }
        waiting.generations().forEach((key, generation) -> {
            boolean newer = world.books().after(waiting.life().boot, key, generation) != null;
            if (!newer && !isDone(waiting.life(), key, generation)) {
                complain(() -> "a wait ended with " + result + ", and " + world.text(key) + "@" + generation
                        + " has never been done");
            }
        });
    }

    /** One that stops looks at no deadlines but that of its stop: it takes what ends before that. */
    private boolean countsAsDone(Call call) {
        boolean whileStopping = call.life.stoppingSince() < call.deadlineNanos;
        return call.isDone(now()) || (whileStopping && call.result == Call.Result.DONE);
    }

    private boolean isDone(Life<?> life, Key key, long generation) {
        for (Call call : world.books().of(life.name, key)) {
            if (call.life.boot == life.boot && call.generation == generation && countsAsDone(call)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void settled() {
        for (Waiting waiting : waits) {
            if (!waiting.result().isDone() && !waiting.life().boot.isDead()) {
                complain(() -> "a wait of " + waiting.life() + " since " + waiting.since() / 1e9 + " has not ended");
            }
        }
    }
}
