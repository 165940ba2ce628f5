package dev.homeostat.testkit.simulation;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.List;

/** No retry comes before the delay that was asked for, or before the shortest delay in force. That none comes too late, {@link NothingForgotten} sees. */
final class BackoffObeyed extends Oracle {
    BackoffObeyed(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        if (call.cause != Cause.RETRY || call.key == null) {
            return;
        }
        Call before = world.books().last(call.life, call.key, call.generation);
        if (before == null || before.life != call.life) {
            if (call.life.startedNanos == 0) {
                complain(() -> call + " is a retry, but nothing was attempted before");
            }
            return;
        }
        if (!before.hasFailed(now())) {
            complain(() -> call + " is a retry, but " + before + " before it did not fail");
            return;
        }
        if (before.isBlocked(now())) {
            return; // it comes when the other row has changed
        }
        Duration asked = before.isLate(now()) ? null : before.asked;
        Duration least = asked != null ? asked : call.life.shortestRetrySince(before.overNanos());
        long waited = now() - before.overNanos();
        if (waited < least.toNanos()) {
            complain(() -> call + " came " + millis(waited) + " after " + before + " failed, not after " + least
                    + (asked != null ? " as it asked" : ", the shortest delay in force"));
        }
        if (call.number != before.number + 1) {
            complain(() -> call + " follows " + before + " and should be attempt " + (before.number + 1));
        }
    }

    /** The longest delay that may follow this failure. */
    static long longestDelay(Call failed, List<Options> options) {
        Duration asked = failed.asked;
        if (asked != null && failed.toldNanos < failed.deadlineNanos) {
            return asked.toNanos();
        }
        long longest = 0;
        for (Options each : options) {
            double exponential = (double) each.retryMin().toNanos() * Math.pow(2, Math.max(0, failed.number - 1));
            longest = Math.max(longest, (long) Math.min((double) each.retryMax().toNanos(), exponential));
        }
        return longest;
    }
}
