package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.RowFunctionException;
import dev.homeostat.api.db.RowStatuses;
import dev.homeostat.api.db.TableSpec;
import java.util.function.BinaryOperator;

/** Calls what others gave for the rows of a table, beside the functions of its indexes, and says whose fault it is when that throws. */
record RowFunctions<T>(TableSpec<T> spec) {

    /** What a merge makes of the stored and the given row. */
    T merged(BinaryOperator<T> merge, T stored, T given) {
        try {
            return requireNonNull(merge.apply(stored, given), "it gave null");
        } catch (Throwable t) { // whatever the caller's function throws
            throw fault("the merge function given to modify", t);
        }
    }

    /** Whether a desired row asks for nothing new. */
    boolean sameDesired(T desired, T stored) {
        try {
            return spec.isSameDesired(desired, stored);
        } catch (Throwable t) { // whatever the specification's function, or the row's equals, throws
            throw fault("the comparison of the desired row with the stored one", t);
        }
    }

    /** The row with its statuses pending. */
    T pending(RowStatuses<T> statuses, T desired) {
        try {
            return requireNonNull(statuses.pending(desired), "it gave null");
        } catch (Throwable t) { // whatever the specification's function throws
            throw fault("pending() of the statuses", t);
        }
    }

    private RowFunctionException fault(String function, Throwable thrown) {
        if (thrown instanceof VirtualMachineError error) {
            throw error;
        }
        return new RowFunctionException(spec.name(), function, spec.rowType(), thrown);
    }
}
