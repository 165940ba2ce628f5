package dev.homeostat.api.schedule;

/** Schedulers on real time. */
public final class Schedulers {
    private Schedulers() {}

    /** The one that is shared by all who were given no other: real time, virtual threads, never closed. Its timer thread ends when no timer waits. */
    public static Scheduler system() {
        return Shared.INSTANCE;
    }

    /**
     * A scheduler on real time with its own timer thread, to be closed by whoever made it.
     *
     * @param name begins the names of its threads
     */
    public static ClosableScheduler named(String name) {
        return new SystemScheduler(name);
    }

    private static final class Shared {
        private static final Scheduler INSTANCE = new SystemScheduler("homeostat");

        private Shared() {}
    }
}
