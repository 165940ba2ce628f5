package dev.homeostat.cli.wire;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;

/** Closes a channel when nothing came over it for some time. Its thread keeps no process alive, and ends when this is closed: a shell makes many calls. */
final class Watchdog implements AutoCloseable {
    private final Channel channel;
    private final long patience;
    private final Thread thread = new Thread(this::watch, "watchdog");
    private volatile long fedAt = System.nanoTime();

    Watchdog(Channel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience.toNanos();
        thread.setDaemon(true);
        thread.start();
    }

    void fed() {
        fedAt = System.nanoTime();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            for (long left = left(); left > 0 && channel.isOpen(); left = left()) {
                Thread.sleep(Duration.ofNanos(left));
            }
            channel.close();
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt(); // Nothing depends on it any more.
        }
    }

    private long left() {
        return patience - (System.nanoTime() - fedAt);
    }
}
