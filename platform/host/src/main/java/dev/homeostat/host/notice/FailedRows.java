package dev.homeostat.host.notice;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Tells of rows that failed for good. Where a hundred thousand do at once, nobody wants as many notices: of each reconciler the first ten in a second are told one by
 * one, and the others together at the end of that second. Safe for all threads.
 */
public final class FailedRows implements ReconcilerMetrics {
    private static final int ONE_BY_ONE = 10;
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final Notices notices;
    private final Function<String, ObjectName> beans;
    private final Scheduler scheduler;
    private final Map<String, Second> seconds = new HashMap<>(); // guarded by this

    /** @param beans the name of a reconciler's bean, by its full name */
    public FailedRows(Notices notices, Function<String, ObjectName> beans, Scheduler scheduler) {
        this.notices = notices;
        this.beans = beans;
        this.scheduler = scheduler;
    }

    /** A row that failed for good. */
    private record Failed(String key, OperationKind kind, String error, int attempts) {}

    /** What failed since the first that was told. */
    private static final class Second {
        private int told;
        private long together;
        private @Nullable Failed last;
    }

    @Override
    public void failedForGood(String reconciler, OperationKind kind, String key, String error, int attempts) {
        ObjectName bean = beans.apply(reconciler);
        if (!notices.areHeard(bean)) {
            return;
        }
        Failed failed = new Failed(key, kind, error, attempts);
        if (isOneByOne(reconciler, failed)) {
            notices.tell(bean, notice(reconciler, failed, 1));
        }
    }

    private synchronized boolean isOneByOne(String reconciler, Failed failed) {
        Second second = seconds.get(reconciler);
        if (second == null) {
            second = new Second();
            seconds.put(reconciler, second);
            scheduler.schedule(TOGETHER, () -> over(reconciler));
        }
        if (second.told < ONE_BY_ONE) {
            second.told++;
            return true;
        }
        second.together++;
        second.last = failed;
        return false;
    }

    private void over(String reconciler) {
        Second second;
        synchronized (this) {
            second = seconds.remove(reconciler);
        }
        if (second != null && second.last != null) {
            notices.tell(beans.apply(reconciler), notice(reconciler, second.last, second.together));
        }
    }

    private static Notice notice(String reconciler, Failed failed, long rows) {
        String what = failed.kind() + " of " + failed.key();
        return Notice.of(
                NoticeType.ROW_FAILED,
                "reconciler " + reconciler + ": " + (rows == 1 ? what : rows + " rows, the last of them " + what)
                        + " failed for good: " + failed.error(),
                reconciler,
                failed.key(),
                failed.kind().toString(),
                failed.error(),
                (long) failed.attempts(),
                rows);
    }
}
