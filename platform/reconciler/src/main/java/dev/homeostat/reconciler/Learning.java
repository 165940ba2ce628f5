package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What updates learned for their rows. It is tried out on the operation's thread, so that what a row does not take is a failure of that update like any
 * other; when the status is committed, only what came about meanwhile can be in its way.
 */
final class Learning<T> {
    private final Setup<T> setup;

    Learning(Setup<T> setup) {
        this.setup = setup;
    }

    /** The outcome of an update of that generation; a failure where the row does not take what it learned. */
    Outcome checked(Key key, long generation, Outcome outcome) {
        if (!(outcome instanceof Outcome.Done(Outcome.Learned<?> learned)) || learned == null) {
            return outcome;
        }
        if (!(setup.store() instanceof InTheRow<T> rows)) {
            return Outcome.permanent("the update learned something for the row, but " + setup.fullName()
                    + " keeps its statuses beside the rows and never writes to them: use context.learn, or keep the"
                    + " statuses in the rows");
        }
        Class<?> rowType = setup.table().spec().rowType();
        if (learned.rowType() != rowType) {
            return Outcome.permanent("the update learned something for a row of "
                    + learned.rowType().getName() + ", but the rows are of " + rowType.getName());
        }
        String reason = rows.tryOut(new StatusRecord<>(
                key, Status.done(generation, setup.scheduler().instant()), Map.of(), null, 0, change(learned), null));
        return reason == null ? outcome : Outcome.retry(reason);
    }

    /** What is to be applied to the row; the outcome was checked. */
    @SuppressWarnings("unchecked") // the class of the rows was compared
    UnaryOperator<T> change(Outcome.Learned<?> learned) {
        return (UnaryOperator<T>) learned.change();
    }
}
