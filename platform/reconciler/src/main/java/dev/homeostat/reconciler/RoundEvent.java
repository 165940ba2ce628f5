package dev.homeostat.reconciler;

import java.util.Collection;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A round of a reconciler in a recording of the JVM: from the first operation that starts to the end of the commit of statuses. See {@link RoundTrace}. */
@Name("dev.homeostat.Round")
@Label("Round")
@Category({"Homeostat", "Reconciler"})
@Description("Operations of a reconciler, from the start of the first to the end of the commit that writes what came of"
        + " them")
@Threshold("20 ms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class RoundEvent extends Event {
    /** Only asked whether anybody records: one that is made for the question alone is left to the collector once a recording has been seen. */
    private static final RoundEvent ASKED = new RoundEvent("");

    @Label("Reconciler")
    @Description("Its full name, table/name")
    private final String reconciler;

    @Label("Started")
    @Description("How many operations started; some may still run")
    private long started;

    @Label("Statuses")
    @Description("How many statuses were written")
    private int statuses;

    @Label("Failures")
    @Description("How many of these statuses say that their row failed or is blocked")
    private int failures;

    @Label("Write Time")
    @Description("How long the commit took, its wait for the locks included")
    @Timespan
    private long writeTime;

    @Label("Error")
    @Description("Why the statuses could not be written")
    private @Nullable String error;

    private RoundEvent(String reconciler) {
        this.reconciler = reconciler;
    }

    /** One that begins now, or null where nobody records. */
    static @Nullable RoundEvent begun(String reconciler) {
        if (!ASKED.isEnabled()) {
            return null;
        }
        RoundEvent event = new RoundEvent(reconciler);
        event.begin();
        return event;
    }

    void operationStarted() {
        started++;
    }

    /**
     * The commit has ended.
     *
     * @param nanos how long it took, by the clock that the reconciler was given
     */
    void written(Collection<? extends @Nullable StatusRecord<?>> records, long nanos, @Nullable Throwable failure) {
        end();
        if (shouldCommit()) {
            writeTime = nanos;
            statuses = records.size();
            for (StatusRecord<?> record : records) {
                failures += record != null && record.status().error() != null ? 1 : 0;
            }
            error = failure == null ? null : Reason.of(failure);
            commit();
        }
    }
}
