package dev.homeostat.host.config;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.disk.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a file has changed: looks at its attributes every second, and tells once they were the same at two looks, so that a file is read when its writer
 * is done. A file that comes, goes, or is another one under the same name, as after a rename, has changed too. Its first state is told in any case: what was
 * read before the first look may have changed since.
 */
public final class FileWatch implements AutoCloseable {
    /** The time between two looks. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Scheduler scheduler;
    private final Path file;
    private final Runnable changed;
    private @Nullable Object seen; // guarded by this
    private @Nullable Object told; // guarded by this
    private boolean closed; // guarded by this
    private Scheduler.@Nullable Timer timer; // guarded by this

    private FileWatch(Scheduler scheduler, Path file, Runnable changed) {
        this.scheduler = scheduler;
        this.file = file;
        this.changed = changed;
    }

    /**
     * Begins to watch.
     *
     * @param changed called on the scheduler, never twice at a time
     */
    public static FileWatch open(Scheduler scheduler, Path file, Runnable changed) {
        FileWatch watch = new FileWatch(scheduler, file, changed);
        watch.next();
        return watch;
    }

    private synchronized void next() {
        if (!closed) {
            timer = scheduler.schedule(PERIOD, this::look);
        }
    }

    private void look() {
        try {
            if (hasChanged(stamp())) {
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.error("what follows a change of {} failed", file, e);
        } finally {
            next();
        }
    }

    private synchronized boolean hasChanged(Object stamp) {
        boolean settled = stamp.equals(seen);
        seen = stamp;
        if (closed || !settled || stamp.equals(told)) {
            return false;
        }
        told = stamp;
        return true;
    }

    /** What tells one state of the file from another without reading it; why there is none is a state too. */
    private Object stamp() {
        try {
            return FileState.of(file, Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
