package dev.homeostat.cli.wire;

import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Printable;
import java.time.Duration;

/** A line on standard error that says how long a call takes and how far it is; gone when it is closed. Its thread keeps nothing alive. */
final class ProgressLine implements Progress.Going {
    private static final String ERASED = "\r\u001b[K";

    private final Progress.Line style;
    private final long begunAt = System.nanoTime();
    private final Thread leaving = new Thread(this::erase, "erase the progress");
    private long parts;
    private boolean drawn;
    private boolean over;

    ProgressLine(Progress.Line style) {
        this.style = style;
        Thread thread = new Thread(this::tell, "progress");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void part() {
        parts++;
        if (style.partsAreSeen()) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (erase()) {
            try {
                Runtime.getRuntime().removeShutdownHook(leaving);
            } catch (IllegalStateException e) {
                // The process is being ended: the hook finds nothing to do.
            }
        }
    }

    /** Also when the process is ended by a signal: what is written next begins a line. Says whether there was one. */
    private synchronized boolean erase() {
        boolean erased = drawn;
        if (erased) {
            style.err().append(ERASED).flush();
        }
        drawn = false;
        over = true;
        notifyAll();
        return erased;
    }

    private void tell() {
        try {
            while (beat()) {
                var what = style.what();
                draw(what == null ? "" : what.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Nothing depends on it.
        }
    }

    /** Whether it goes on after a beat. */
    private synchronized boolean beat() throws InterruptedException {
        long end = System.nanoTime() + style.beat().toNanos();
        for (long left = style.beat().toNanos(); left > 0 && !over; left = end - System.nanoTime()) {
            wait(Duration.ofNanos(left).toMillis() + 1);
        }
        return !over;
    }

    private void hook() {
        try {
            Runtime.getRuntime().addShutdownHook(leaving);
        } catch (IllegalStateException e) {
            erase(); // the process is being ended
        }
    }

    private synchronized void draw(String what) {
        if (over) {
            return;
        }
        String counted = parts == 0 ? "" : parts + " rows, ";
        String said = what.isEmpty() ? "" : Printable.of(what) + ", ";
        style.err()
                .append(ERASED)
                .append(said)
                .append(counted)
                .append(Ages.length(Duration.ofNanos(System.nanoTime() - begunAt)));
        style.err().flush();
        if (!drawn) {
            drawn = true;
            hook();
        }
    }
}
