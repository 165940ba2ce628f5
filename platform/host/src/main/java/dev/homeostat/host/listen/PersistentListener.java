package dev.homeostat.host.listen;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.plugin.HealthBoard;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that listens for clients, and without which the host does: where it cannot be opened, because its port is taken for example, the health says so, and
 * it is tried again every five seconds. Safe for all threads.
 */
public final class PersistentListener implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final String name;
    private final Opening opening;
    private final HealthBoard health;
    private final Scheduler scheduler;
    private @Nullable Runnable close; // guarded by this, as all below
    private Scheduler.@Nullable Timer again;
    private boolean closed;

    /** Opens it. */
    public interface Opening {
        /**
         * Begins to listen.
         *
         * @return what ends it
         * @throws IOException if it cannot; its message is a sentence for a person, with the way out
         */
        Runnable open() throws IOException;
    }

    private PersistentListener(String name, Opening opening, HealthBoard health, Scheduler scheduler) {
        this.name = name;
        this.opening = opening;
        this.health = health;
        this.scheduler = scheduler;
    }

    /**
     * Opens it, as soon as it can.
     *
     * @param name of the line of health
     */
    public static PersistentListener open(String name, Opening opening, HealthBoard health, Scheduler scheduler) {
        PersistentListener listener = new PersistentListener(name, opening, health, scheduler);
        listener.listen();
        return listener;
    }

    private synchronized void listen() {
        if (closed) {
            return;
        }
        try {
            close = opening.open();
            health.set("", name, true, "listens");
            health.remove("", name);
        } catch (IOException | RuntimeException e) {
            String message = e instanceof IOException ? e.getMessage() : e.toString();
            health.set("", name, false, message + " (it is tried again every " + AGAIN.toSeconds() + " s)");
            again = scheduler.schedule(AGAIN, this::listen);
        }
    }

    /** Listens no more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (again != null) {
            again.cancel();
        }
        if (close != null) {
            close.run();
        }
    }
}
