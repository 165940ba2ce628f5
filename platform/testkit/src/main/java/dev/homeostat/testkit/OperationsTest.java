package dev.homeostat.testkit;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.StatusSlot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a plugin's operations, complete but for what only their author can say. Implement it in a test class:
 *
 * <pre>{@code
 * final class MemoOperationsTest implements OperationsTest<Memo> {
 *     public TableSpec<Memo> table() {
 *         return Memo.TABLE;
 *     }
 *
 *     public Memo row(int number, int version) {
 *         return new Memo("memo-" + number, "text " + version, Set.of());
 *     }
 *
 *     public OperationsTarget<Memo> target() {
 *         return new MemoTarget(); // empty, with operations and a look at it
 *     }
 * }
 * }</pre>
 *
 * <p>Each thing that operations get wrong easily is one test: an update that is not idempotent, needs what a restart took, or trusts its memory instead of repairing the
 * target; a delete that fails where nothing is left to delete; an operation that hides an error, never ends or cannot be cancelled; a prune that takes what is desired,
 * leaves what is not, or removes by itself; an observation that is wrong or changes something; a batch that forgets an entry or makes its neighbours suffer. Before that
 * the test itself is looked at. What does not apply is skipped.
 *
 * <p>Then the operations run in the simulator: the production reconciler on a virtual clock, with errors, lost answers, crashes and restarts in an order that
 * a seed decides, after which the target must be as desired: 10 seeds, or as many as {@code -Dsimulate.seeds=…} says. For a test of your own making there is {@link OperationsBench}.
 *
 * @param <T> the type of the rows
 */
public interface OperationsTest<T> {
    /** The table that the rows are in. */
    TableSpec<T> table();

    /**
     * A row to try the operations with. Rows of other numbers have other keys and desire other things; another version of the same number has the same
     * key and desires something that {@link OperationsTarget#look} can tell from the other.
     *
     * @param number from 0 to 9
     * @param version from 0
     */
    T row(int number, int version);

    /**
     * Where the rows carry the status of these operations, for those that keep it there; null, as by default, when it lies beside the rows. Such rows are given
     * by {@link #row} with the status pending.
     */
    default @Nullable StatusSlot<T> slot() {
        return null;
    }

    /** A new, empty target. */
    OperationsTarget<T> target() throws Exception;

    /** Runs one check; JUnit calls it once for each. */
    @TestTemplate
    @ExtendWith(OperationsExtension.class)
    default void operations(OperationsCheck check) throws Exception {
        check.run(this);
    }
}
