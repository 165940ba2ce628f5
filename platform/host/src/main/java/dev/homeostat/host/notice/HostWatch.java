package dev.homeostat.host.notice;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the host as a whole degrades and recovers, whatever the reason: a plugin, a reconciler, a source or a line of health. Looks once a second while anybody
 * listens; what was so when they began is not told. Safe for all threads.
 */
public final class HostWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Notices notices;
    private final ObjectName bean;
    private final HostView view;
    private final Scheduler scheduler;
    private Scheduler.Timer timer; // guarded by this
    private boolean closed; // guarded by this
    private @Nullable Verdict before; // of the thread that looks; null where nobody listened
    private Instant degradedSince = Instant.EPOCH; // of the thread that looks
    private boolean silent; // of the thread that looks

    /**
     * Begins to look.
     *
     * @param bean the name of the host's bean
     */
    public HostWatch(Notices notices, ObjectName bean, HostView view, Scheduler scheduler) {
        this.notices = notices;
        this.bean = bean;
        this.view = view;
        this.scheduler = scheduler;
        this.timer = scheduler.schedule(PERIOD, this::lookAgain);
    }

    private void lookAgain() {
        lookSafely();
        synchronized (this) {
            if (!closed) {
                timer = scheduler.schedule(PERIOD, this::lookAgain);
            }
        }
    }

    /** One look that fails must not be the last. */
    private void lookSafely() {
        try {
            look();
            silent = false;
        } catch (RuntimeException | Error e) { // a reconciler that cannot say how it goes, or no memory just then
            if (!silent) {
                silent = true;
                LOG.warn("how the host goes cannot be told just now, and JMX is told nothing of it until it can", e);
            }
        }
    }

    private void look() {
        if (!notices.areHeard(bean)) {
            before = null;
            return;
        }
        Verdict now = Verdict.of(view);
        Verdict last = before;
        before = now;
        if (now.degraded() && (last == null || !last.degraded())) {
            degradedSince = Objects.requireNonNullElseGet(now.since(), () -> scheduler.instant());
        }
        if (last == null || last.degraded() == now.degraded()) {
            return;
        }
        NoticeType type = now.degraded() ? NoticeType.HOST_DEGRADED : NoticeType.HOST_RECOVERED;
        notices.tell(bean, Notice.of(type, "host: " + now.text(), now.text(), degradedSince.toString()));
    }

    /** Looks no more. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel();
    }
}
