package dev.homeostat.testkit.fakes;

/** Something that tasks of a {@link VirtualScheduler} can wait for, and that a test opens. Once open it stays so. */
public final class Gate {
    private final VirtualScheduler scheduler;
    private volatile boolean open;

    Gate(VirtualScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Lets everyone pass, now and later. */
    public void open() {
        open = true;
    }

    /** Whether it is open. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Waits, as the task that calls it, until the gate is open.
     *
     * @throws InterruptedException if the task's thread is interrupted before
     */
    public void await() throws InterruptedException {
        if (!open && !Thread.currentThread().isInterrupted()) {
            scheduler.park(VirtualTask.current(), this::isOpen, true);
        }
        if (!open && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Waits until the gate is open and pays no heed to interrupts: what an operation that hangs does. */
    public void awaitUninterruptibly() {
        if (!open) {
            scheduler.park(VirtualTask.current(), this::isOpen, false);
        }
    }
}
