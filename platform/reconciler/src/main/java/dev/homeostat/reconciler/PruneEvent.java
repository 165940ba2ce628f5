package dev.homeostat.reconciler;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A prune in a recording of the JVM: from its search to its last removal. There is none while nobody records. */
@Name("dev.homeostat.Prune")
@Label("Prune")
@Category({"Homeostat", "Reconciler"})
@Description("A prune of a reconciler, from the beginning of its search to the end of its last removal")
@Threshold("0 ms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class PruneEvent extends Event {
    /** Only asked whether anybody records: one that is made for the question alone is left to the collector once a recording has been seen. */
    private static final PruneEvent ASKED = new PruneEvent();

    @Label("Reconciler")
    @Description("Its full name, table/name")
    private @Nullable String reconciler;

    @Label("Result")
    @Description("done, held, planned, failed, or stopped where the reconciler stopped before its end")
    private @Nullable String result;

    @Label("Removed")
    @Description("How much was removed")
    private int removed;

    @Label("Spared")
    @Description("How much of what was found turned out to be desired, or to be somebody else's to delete")
    private int spared;

    @Label("Failed")
    @Description("How many removals failed")
    private int failed;

    private PruneEvent() {}

    /** One that begins now, or null where nobody records. */
    static @Nullable PruneEvent begun() {
        if (!ASKED.isEnabled()) {
            return null;
        }
        PruneEvent event = new PruneEvent();
        event.begin();
        return event;
    }

    /** @param how in the words of {@code result} */
    void ended(String fullName, String how, PruneRun run) {
        end();
        if (shouldCommit()) {
            reconciler = fullName;
            result = how;
            removed = run.removals();
            spared = run.spared();
            failed = run.failures().size();
            commit();
        }
    }
}
