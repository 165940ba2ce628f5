package dev.homeostat.host.notice;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The part of a bean that tells notices. The JDK's own broadcaster would call listeners on the thread of a reconciler, and one of them that hangs would hold up the
 * others. Safe for all threads.
 */
final class Emitter implements NotificationEmitter {
    private static final StackWalker CALLERS = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final ObjectName bean;
    private final Set<NoticeType> types;
    private final Executor threads;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    Emitter(ObjectName bean, Set<NoticeType> types, Executor threads) {
        this.bean = bean;
        this.types = types;
        this.threads = threads;
    }

    boolean isHeard() {
        return !subscriptions.isEmpty();
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    void tell(Notice notice, long number, long millis) {
        if (!types.contains(notice.type()) || subscriptions.isEmpty()) {
            return;
        }
        Notification notification = new Notification(notice.type().typeName(), bean, number, millis, notice.message());
        notification.setUserData(notice.data());
        subscriptions.forEach(one -> one.tell(notification, threads));
    }

    @Override
    public void addNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback) {
        Objects.requireNonNull(listener, "listener");
        subscriptions.add(new Subscription(listener, filter, handback, foreignCaller()));
    }

    /** The class that adds a listener where that is a plugin's: it will be asked for if the plugin's classes stay in memory. */
    private static @Nullable Class<?> foreignCaller() {
        return CALLERS.walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                .filter(Emitter::isForeign)
                .findFirst()
                .orElse(null));
    }

    private static boolean isForeign(Class<?> caller) {
        ClassLoader loader = caller.getClassLoader();
        return loader != null
                && !loader.equals(ClassLoader.getPlatformClassLoader())
                && !loader.equals(ClassLoader.getSystemClassLoader())
                && !loader.equals(Emitter.class.getClassLoader());
    }

    @Override
    public void removeNotificationListener(NotificationListener listener) throws ListenerNotFoundException {
        remove(subscriptions.stream().filter(one -> one.isOf(listener)).toList());
    }

    @Override
    public void removeNotificationListener(
            NotificationListener listener, @Nullable NotificationFilter filter, @Nullable Object handback)
            throws ListenerNotFoundException {
        remove(subscriptions.stream()
                .filter(one -> one.isOf(listener, filter, handback))
                .limit(1)
                .toList());
    }

    private void remove(List<Subscription> ended) throws ListenerNotFoundException {
        if (ended.isEmpty()) {
            throw new ListenerNotFoundException("it does not listen to " + bean);
        }
        ended.forEach(Subscription::drop);
        subscriptions.removeAll(ended);
    }

    /** Nobody listens any more; what was told before still comes to its listeners. */
    void close() {
        subscriptions.forEach(Subscription::end);
        subscriptions.clear();
    }

    @Override
    public MBeanNotificationInfo[] getNotificationInfo() {
        return types.stream()
                .sorted()
                .map(type -> new MBeanNotificationInfo(
                        new String[] {type.typeName()}, Notification.class.getName(), type.description()))
                .toArray(MBeanNotificationInfo[]::new);
    }
}
