package dev.homeostat.host;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in reverse order. Safe for all threads. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    /** Remembers it; closes it at once when all was closed already. */
    <C extends AutoCloseable> C add(C resource) {
        synchronized (this) {
            if (!closed) {
                opened.push(resource);
                return resource;
            }
        }
        close(resource);
        throw new IllegalStateException("the host stops");
    }

    /** Closes all; a failure is logged and keeps nothing else open. */
    void closeAll() {
        Deque<AutoCloseable> all;
        synchronized (this) {
            closed = true;
            all = new ArrayDeque<>(opened);
            opened.clear();
        }
        all.forEach(Closing::close);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Throwable e) { // whatever it is, the rest is to be closed too
            LOG.warn("{} could not be closed", resource, e);
        }
    }
}
