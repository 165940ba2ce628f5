package dev.homeostat.reconciler;

/**
 * What takes its time and therefore runs beside the {@link EventLoop}, on a thread of the scheduler's: operations, or a commit. The owner makes it, and touches
 * nothing of it that its thread writes until its end comes in as an event.
 */
interface Errand {
    /** Runs it on the calling thread, from its begin to its end. Does not throw. */
    void run();

    /** Instead of {@link #run}: there is no thread for it, for that reason. */
    void refuse(String reason);

    /** The event that it has ended. */
    Event ended();
}
