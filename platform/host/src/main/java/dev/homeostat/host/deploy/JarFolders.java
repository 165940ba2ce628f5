package dev.homeostat.host.deploy;

import dev.homeostat.api.schedule.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin directories: looks at them every 200 ms, at the names and attributes of files only, and tells the whole picture when it has changed. A jar is in the
 * picture as it was last when two looks agreed on it and its directory of entries could be read; so one that is half copied is waited for, and one that is
 * being overwritten stays what it was. A jar that goes while another one is being written goes when that is whole.
 *
 * <p>Looking is polling: it costs a few system calls for each jar, and works on every file system, network ones and bind mounts too, of which no events come.
 * Safe for all threads.
 */
public final class JarFolders implements AutoCloseable {
    /** The time between two looks. */
    public static final Duration PERIOD = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(JarFolders.class);

    private final Scheduler scheduler;
    private final Roots roots;
    private final List<JarFolder> folders; // and all in it: guarded by this
    private Picture told = new Picture(List.of(), List.of()); // guarded by this
    private boolean closed; // guarded by this
    private Scheduler.@Nullable Timer timer; // guarded by this

    /**
     * Looks at nothing yet.
     *
     * @param directories searched in this order; one that does not exist is empty
     * @param roots what paths are shown relative to
     */
    public JarFolders(Scheduler scheduler, List<Path> directories, List<Path> roots) {
        this.scheduler = scheduler;
        this.roots = new Roots(roots);
        this.folders = directories.stream()
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .distinct()
                .map(directory -> new JarFolder(directory, this.roots.show(directory)))
                .toList();
    }

    /** Looks for the first time: what is there is in the picture at once, and what is no whole jar says so. */
    public synchronized Picture first() {
        look(true);
        return picture();
    }

    /** The newest picture; empty before the first look. */
    public synchronized Picture newest() {
        return told;
    }

    /**
     * Goes on looking after {@link #first}, until it is closed.
     *
     * @param changed called on the scheduler when there is another {@link #newest} picture, never twice at a time
     */
    public synchronized void watch(Runnable changed) {
        if (!closed) {
            timer = scheduler.schedule(PERIOD, () -> lookAgain(changed));
        }
    }

    private void lookAgain(Runnable changed) {
        try {
            if (hasChanged()) {
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.error("what follows a change of the plugin directories failed", e);
        } finally {
            watch(changed);
        }
    }

    private synchronized boolean hasChanged() {
        if (closed) {
            return false;
        }
        look(false);
        Picture before = told;
        return !picture().equals(before);
    }

    private void look(boolean first) {
        long now = scheduler.nanoTime();
        folders.forEach(folder -> folder.look(roots, first, now));
    }

    private Picture picture() {
        Picture picture = new Picture(
                folders.stream().flatMap(folder -> folder.told().stream()).toList(),
                folders.stream()
                        .map(JarFolder::problem)
                        .filter(problem -> !problem.isEmpty())
                        .toList());
        told = picture;
        return picture;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
