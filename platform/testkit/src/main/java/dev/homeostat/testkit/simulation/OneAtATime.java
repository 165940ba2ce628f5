package dev.homeostat.testkit.simulation;

import dev.homeostat.api.reconcile.Options;
import java.util.HashSet;
import java.util.Set;

/** No update of a row that is gone, no delete of one that is there, never two operations on a key at a time, never more at once than the concurrency allows, and nothing beside a removal that must be alone. */
final class OneAtATime extends Oracle {
    OneAtATime(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        if (call.isOnARow() && call.rowWasThere != (call.kind == Call.Kind.UPDATE)) {
            complain(
                    () -> call + " began, and in its own snapshot the row is " + (call.rowWasThere ? "there" : "gone"));
        }
        Set<Object> atWork = new HashSet<>();
        for (Call other : world.books().running(call.life)) {
            if (call.key != null && other.isOn(call.key)) {
                complain(() -> call + " began while " + other + " runs, on the same key");
            }
            if (other.isAbandoned(now())) {
                continue;
            }
            if (!other.slot().equals(call.slot())) {
                atWork.add(other.slot());
            }
            if (call.kind == Call.Kind.REMOVAL && call.key == null) {
                complain(() -> call + " belongs to no key and must be alone, but " + other + " runs");
            }
            if (other.kind == Call.Kind.REMOVAL && other.key == null) {
                complain(() -> call + " began while " + other + " runs, which belongs to no key and must be alone");
            }
        }
        long most = call.life.allOptions().stream()
                .limit(2)
                .mapToInt(Options::concurrency)
                .max()
                .orElse(1);
        long running = atWork.size() + 1L;
        if (running > most && call.life.optionsSinceNanos() < now()) {
            long started = world.books().running(call.life).stream()
                    .filter(other -> other.beganNanos < call.life.optionsSinceNanos())
                    .map(Call::slot)
                    .distinct()
                    .count();
            if (running - started > most) {
                complain(() -> call + (call.batch == null ? " is operation" : " is in batch") + " number " + running
                        + " at once, concurrency is " + most);
            }
        }
    }
}
