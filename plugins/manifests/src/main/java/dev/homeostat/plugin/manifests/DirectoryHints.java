package dev.homeostat.plugin.manifests;

import java.io.IOException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints from the operating system's own watching of a directory. Where it cannot watch (a missing directory, a limit of the system), there are none. Used by
 * one thread; to be closed, which ends the JDK's thread behind it.
 */
final class DirectoryHints implements Hints, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryHints.class);

    private final ManifestDirectory directory;
    private final WatchService service;
    private @Nullable WatchKey key;
    private @Nullable String watched;

    DirectoryHints(ManifestDirectory directory) throws IOException {
        this.directory = directory;
        this.service = directory.path().getFileSystem().newWatchService();
    }

    @Override
    public void await(Duration timeout) throws InterruptedException {
        WatchKey signalled = service.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (signalled != null) {
            signalled.pollEvents();
            signalled.reset();
        }
    }

    @Override
    public void listen() {
        try {
            String now = directory.key();
            if (key == null || !key.isValid() || !now.equals(watched)) {
                stop();
                key = directory
                        .path()
                        .register(
                                service,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE);
                watched = now;
            }
        } catch (IOException e) { // another directory may be there next time
            stop();
            log.debug(
                    "{} cannot be watched, and is only looked at from time to time: {}",
                    directory.path(),
                    e.toString());
        }
    }

    private void stop() {
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
