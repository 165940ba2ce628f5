package dev.homeostat.host.leak;

import dev.homeostat.host.notice.Notices;
import java.util.function.Consumer;

/**
 * Listeners to notifications of the host's MBeans, by who added them.
 *
 * @param notices hands them out
 */
record NoticePins(Notices notices) implements PinFinder {
    @Override
    public void find(Suspect suspect, Consumer<Pin> found) {
        for (Notices.Listening one : notices.foreign()) {
            if (one.loader() != null && suspect.isKeptBy(one.loader())) {
                found.accept(new Pin(
                        "a notification listener at MBean " + one.bean() + ", added by " + one.owner(),
                        "remove it with removeNotificationListener in ctx.onStop"));
            }
        }
    }
}
