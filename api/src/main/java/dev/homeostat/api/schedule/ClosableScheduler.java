package dev.homeostat.api.schedule;

/** A scheduler that its maker closes. */
public interface ClosableScheduler extends Scheduler, AutoCloseable {
    /**
     * Cancels all timers that wait, and takes no more tasks: {@link #execute} and {@link #schedule} then throw {@link
     * java.util.concurrent.RejectedExecutionException}. Tasks that run are not interrupted. A second call does nothing.
     */
    @Override
    void close();
}
