package dev.homeostat.testkit;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.Operations;
import java.io.IOException;

/**
 * A target system that operations work on in an {@link OperationsTest}, empty at first. Several exist at a time and must not know of one another: give each a
 * directory, a port or a map of its own.
 *
 * @param <T> the type of the rows
 */
public interface OperationsTarget<T> extends AutoCloseable {
    /**
     * The operations on this target. Called again where the test starts a process anew, or a second one: the target is then the one that the earlier one left. Make
     * new ones each time, so that what they keep in memory is lost, as it is then.
     *
     * @param table the table of desired rows, for operations that read it
     */
    Operations<T> operations(RWTable<T> table);

    /** What is in the target, as something that has {@code equals}, such as a map from names to contents. Leave out what nobody desires, such as times. */
    Object look() throws Exception;

    /**
     * Spoils, behind the reconciler's back, what that row has made; an update of the same row must repair it. That another process deletes it is checked anyway: do
     * worse here, such as putting something else in its place.
     *
     * @return whether it did; false, as by default, says that this target cannot be spoilt, and leaves out what would need it
     */
    default boolean spoil(T row) throws Exception {
        return false;
    }

    /**
     * Makes the target refuse, from now on, whatever an operation wants of that row, as a server does that says no: for the checks that operations tell of it.
     *
     * @return whether it does; false, as by default, says that this target cannot, and leaves out what would need it
     */
    default boolean refuse(T row) throws Exception {
        return false;
    }

    /** Removes the target. */
    @Override
    default void close() throws IOException {}
}
