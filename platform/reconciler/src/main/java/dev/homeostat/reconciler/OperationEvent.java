package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Outcome;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * One call of a plugin's operations in a recording of the JVM, on the thread that made it: what the JVM records of that thread meanwhile, such as reading a
 * file, is what the operation did. There is none while nobody records.
 */
@Name("dev.homeostat.Operation")
@Label("Operation")
@Category({"Homeostat", "Reconciler"})
@Description("A call of a reconciler's operations: update, delete, observe, or a part of a prune")
@Threshold("20 ms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class OperationEvent extends Event {
    /** Only asked whether anybody records: one that is made for the question alone is left to the collector once a recording has been seen. */
    private static final OperationEvent ASKED = new OperationEvent();

    @Label("Reconciler")
    @Description("Its full name, table/name")
    private @Nullable String reconciler;

    @Label("Operation")
    @Description("update, delete, observe or prune; a prune without a key is its search")
    private @Nullable String operation;

    @Label("Key")
    @Description("The key of the row, or what a prune removes; empty for a batch")
    private @Nullable String key;

    @Label("Rows")
    @Description("How many rows it was about: more than one in a batch")
    private int rows;

    @Label("Cause")
    @Description("Why it was run, such as CHANGE or RETRY; empty for a batch")
    private @Nullable String cause;

    @Label("Attempt")
    @Description("The how manieth attempt at this state of the row it was; 0 for a batch")
    private int attempt;

    @Label("Outcome")
    @Description("What it came to: done, failed, permanent or blocked; of a batch, whether the call as a whole failed")
    private @Nullable String outcome;

    @Label("Error")
    @Description("Why it failed or is blocked")
    private @Nullable String error;

    private OperationEvent() {}

    /** One that begins now, or null where nobody records. */
    static @Nullable OperationEvent begun() {
        if (!ASKED.isEnabled()) {
            return null;
        }
        OperationEvent event = new OperationEvent();
        event.begin();
        return event;
    }

    /** The operation ended; to be called on its thread. */
    void ended(String fullName, Attempt<?> of, Outcome came) {
        end();
        if (shouldCommit()) {
            reconciler = fullName;
            operation = of.operation();
            key = of.text();
            rows = 1;
            cause = of.cause().name();
            attempt = of.attempt();
            outcome = word(came);
            error = Failures.errorOf(came);
            commit();
        }
    }

    /** The call of a batch ended; to be called on its thread. */
    void batchEnded(String fullName, boolean deletes, int entries, @Nullable Throwable failure) {
        end();
        if (shouldCommit()) {
            reconciler = fullName;
            operation = (deletes ? OperationKind.DELETE : OperationKind.UPDATE).toString();
            key = "";
            rows = entries;
            cause = "";
            outcome = failure == null ? "done" : "failed";
            error = failure == null ? null : Reason.of(failure);
            commit();
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> "done";
            case Outcome.Retry _ -> "failed";
            case Outcome.Permanent _ -> "permanent";
            case Outcome.Blocked _ -> "blocked";
        };
    }
}
