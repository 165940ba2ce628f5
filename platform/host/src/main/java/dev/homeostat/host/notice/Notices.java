package dev.homeostat.host.notice;

import dev.homeostat.api.schedule.Scheduler;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Tells notices to whoever listens: each at the bean that it is about, and all of them at the host's own. Nothing is made or kept where nobody listens. What is told is of
 * types of the JDK and holds nothing of a plugin. Safe for all threads; never waits for a listener.
 */
public final class Notices {
    private final Scheduler scheduler;
    private final ObjectName host;
    private final Map<ObjectName, Emitter> emitters = new ConcurrentHashMap<>();
    private final AtomicLong told = new AtomicLong();

    /**
     * Nobody listens yet.
     *
     * @param host the name of the bean at which all are told
     */
    public Notices(Scheduler scheduler, ObjectName host) {
        this.scheduler = scheduler;
        this.host = host;
    }

    /**
     * A listener that was added by a class that is neither the JDK's nor the host's.
     *
     * @param bean where it listens
     * @param owner the name of the class that added it
     * @param loader the loader of that class; null when it is gone
     */
    public record Listening(
            String bean, String owner, @Nullable ClassLoader loader) {}

    /** What a bean of that name tells with, until {@link #close(ObjectName)}. */
    public NotificationEmitter open(ObjectName bean, NoticeType first, NoticeType... others) {
        return emitter(bean, EnumSet.of(first, others));
    }

    /** The same for the host's own bean, which tells all. */
    public NotificationEmitter openHost() {
        return emitter(host, EnumSet.allOf(NoticeType.class));
    }

    private Emitter emitter(ObjectName bean, Set<NoticeType> types) {
        Emitter emitter = new Emitter(bean, types, scheduler);
        emitters.put(bean, emitter);
        return emitter;
    }

    /** The bean is gone, and with it who listened there. */
    public void close(ObjectName bean) {
        Emitter emitter = emitters.remove(bean);
        if (emitter != null) {
            emitter.close();
        }
    }

    /** Whether anybody listens at that bean or at the host's. */
    boolean areHeard(ObjectName about) {
        Emitter own = emitters.get(about);
        Emitter all = emitters.get(host);
        return (own != null && own.isHeard()) || (all != null && all.isHeard());
    }

    /** Tells a notice at that bean and at the host's. */
    public void tell(ObjectName about, Notice notice) {
        long millis = scheduler.instant().toEpochMilli();
        for (ObjectName bean : Set.copyOf(List.of(about, host))) {
            Emitter emitter = emitters.get(bean);
            if (emitter != null) {
                emitter.tell(notice, told.incrementAndGet(), millis);
            }
        }
    }

    /** The listeners of classes that may have to go. */
    public List<Listening> foreign() {
        return emitters.entrySet().stream()
                .flatMap(emitter -> emitter.getValue().subscriptions().stream()
                        .filter(one -> !one.owner().isEmpty())
                        .map(one -> new Listening(emitter.getKey().toString(), one.owner(), one.ownerLoader())))
                .filter(one -> Objects.nonNull(one.loader()))
                .toList();
    }
}
