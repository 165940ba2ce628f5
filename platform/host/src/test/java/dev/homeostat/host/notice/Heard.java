package dev.homeostat.host.notice;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** A listener that remembers. */
final class Heard implements NotificationListener {
    final List<Notification> all = new CopyOnWriteArrayList<>();

    static Heard at(NotificationEmitter emitter) {
        Heard heard = new Heard();
        emitter.addNotificationListener(heard, null, null);
        return heard;
    }

    @Override
    public void handleNotification(Notification notification, @Nullable Object handback) {
        all.add(notification);
    }

    /** The last words of their types. */
    List<String> types() {
        return all.stream().map(one -> one.getType().replaceFirst(".*\\.", "")).toList();
    }

    Object last(String item) {
        return ((CompositeData) all.getLast().getUserData()).get(item);
    }
}
