package dev.homeostat.host.jmx;

import javax.management.AttributeChangeNotification;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcaster;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/**
 * Notifications of a plugin's bean as clients can read them. The connectors of the JDK keep the last thousand: these hold nothing of the plugin, which is therefore collected when
 * it goes.
 */
final class ReadableNotifications {
    private ReadableNotifications() {}

    /** What that bean tells, if it tells anything, under that name and in classes of the JDK. */
    static NotificationEmitter of(Object mxbean, ObjectName name) {
        if (!(mxbean instanceof NotificationBroadcaster broadcaster)) {
            return new NotificationBroadcasterSupport();
        }
        MBeanNotificationInfo[] infos = broadcaster.getNotificationInfo();
        NotificationBroadcasterSupport readable =
                new NotificationBroadcasterSupport(infos == null ? new MBeanNotificationInfo[0] : infos);
        broadcaster.addNotificationListener(
                (told, handback) -> readable.sendNotification(readable(told, name)), null, null);
        return readable;
    }

    private static Notification readable(Notification told, ObjectName name) {
        Notification readable = told instanceof AttributeChangeNotification change
                ? new AttributeChangeNotification(
                        name,
                        told.getSequenceNumber(),
                        told.getTimeStamp(),
                        told.getMessage(),
                        change.getAttributeName(),
                        change.getAttributeType(),
                        readable(change.getOldValue()),
                        readable(change.getNewValue()))
                : new Notification(
                        told.getType(), name, told.getSequenceNumber(), told.getTimeStamp(), told.getMessage());
        readable.setUserData(readable(told.getUserData()));
        return readable;
    }

    private static @Nullable Object readable(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case CompositeData open -> open;
            case TabularData open -> open;
            case Number number when number.getClass().getName().startsWith("java.") -> number;
            case Boolean flag -> flag;
            case ObjectName other -> other;
            default -> value.toString();
        };
    }
}
