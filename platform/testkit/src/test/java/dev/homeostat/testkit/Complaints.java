package dev.homeostat.testkit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What the author of some operations on notes gets to hear. */
final class Complaints {
    /** What is said of a check that does not apply. */
    static final String LEFT_OUT = "left out";

    private Complaints() {}

    /** The complaint of that check; null when it has none. */
    static @Nullable String of(OperationsCheck check, Supplier<? extends OperationsTarget<Note>> target) {
        NotesTest test = target::get;
        return of(check, test);
    }

    static @Nullable String of(OperationsCheck check, OperationsTest<?> test) {
        try {
            check.run(test);
            return null;
        } catch (AssertionError complaint) {
            return complaint.getMessage();
        } catch (TestAbortedException e) {
            return LEFT_OUT;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
