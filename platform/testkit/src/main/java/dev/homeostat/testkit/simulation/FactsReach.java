package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import java.util.List;

/** What an operation learned, failed and superseded ones included, the next one on the key knows, until the key's delete has succeeded. */
final class FactsReach extends Oracle {
    FactsReach(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        Key key = call.key;
        if (key == null || !call.isOnARow()) {
            return;
        }
        List<Call> all = world.books().of(call.life.name, key);
        for (int i = all.size() - 1; i >= 0; i--) {
            Call before = all.get(i);
            if (before.life != call.life || before.isLate(now())) {
                return;
            }
            if (before.isOnARow()) {
                compare(call, before);
                return;
            }
        }
    }

    private void compare(Call call, Call before) {
        boolean gone = before.kind == Call.Kind.DELETE && before.isDone(now());
        String learned = before.learned.get("seen");
        String known = call.facts.get("seen");
        if (gone && known != null) {
            complain(() -> call + " still knows " + known + ", which ended with " + before);
        } else if (!gone && learned != null && !learned.equals(known)) {
            complain(() -> call + " knows " + known + ", and " + before + " has learned " + learned);
        }
    }
}
