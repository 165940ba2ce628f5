package dev.homeostat.host;

import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import java.time.Duration;
import java.util.Locale;

/** What a host says when it is ready. */
final class ReadyLine {
    private ReadyLine() {}

    static String of(HostView host) {
        long active = count(host, PluginView.State.ACTIVE);
        long failed = count(host, PluginView.State.FAILED);
        Duration took = host.startTook();
        return String.format(
                Locale.ROOT,
                "homeostat %s is ready: %s%s, %s, %s, in %.2f s (home %s)",
                host.version(),
                number(active, "plugin"),
                failed == 0 ? "" : " (" + failed + " failed, see \"homeostat status\")",
                number(host.tables().size(), "table"),
                number(host.reconcilers().size(), "reconciler"),
                (took == null ? Duration.ZERO : took).toMillis() / 1000.0,
                host.home());
    }

    private static long count(HostView host, PluginView.State state) {
        return host.plugins().stream().filter(plugin -> plugin.state() == state).count();
    }

    private static String number(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
