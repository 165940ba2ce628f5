package dev.homeostat.reconciler;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Whose an operation is that has a place in a {@link Flight}: its thread's from the moment when that comes to it, or the owner's of the event loop again, who withdraws it when there is
 * something else to do about its key. One word, moved by compare-and-set, so that the operations never see what was withdrawn, and nothing is withdrawn that they have seen.
 */
abstract class Claim {
    private static final VarHandle STATE;

    /** Its thread has not come to it. */
    private static final int WAITS = 0;

    /** Its thread has come to it, and has it as long as it runs. */
    private static final int TAKEN = 1;

    /** Its thread has come to it and passed it over, since it was not wanted any more; its place has not ended. */
    private static final int LEFT_OUT = 2;

    /** The owner has taken it out of its place. */
    private static final int WITHDRAWN = 3;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Claim.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int state = WAITS;

    /** Called by the thread, before it does anything about it; says whether it may, which it may again once it did. */
    final boolean take() {
        return state == TAKEN || STATE.compareAndSet(this, WAITS, TAKEN);
    }

    /** Called by the thread, instead of showing it to the operations. */
    final void leaveOut() {
        state = LEFT_OUT;
    }

    final boolean isTaken() {
        return state == TAKEN;
    }

    final boolean isLeftOut() {
        return state == LEFT_OUT;
    }

    final boolean isWithdrawn() {
        return state == WITHDRAWN;
    }

    /** Called by the owner: takes it out of its place, wherever that is, unless the operations have seen it; says whether it did. */
    final boolean withdraw() {
        return STATE.compareAndSet(this, WAITS, WITHDRAWN) || withdrawLeftOut();
    }

    /** The same if it was left out. */
    final boolean withdrawLeftOut() {
        return STATE.compareAndSet(this, LEFT_OUT, WITHDRAWN);
    }
}
