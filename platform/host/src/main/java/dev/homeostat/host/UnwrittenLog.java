package dev.homeostat.host;

import dev.homeostat.host.plugin.HealthBoard;
import java.util.Map;

/** A log without a file. The launcher finds that out, since it sets up the log before there is a host, and says so by a system property. */
final class UnwrittenLog {
    /** What cannot be written: the directory of the log, or its file. */
    static final String PROPERTY = "homeostat.log.unwritable";

    private UnwrittenLog() {}

    /** Says so in the host's health; nobody would miss the file before they need it. */
    static void tell(Map<String, String> properties, HealthBoard health) {
        String path = properties.getOrDefault(PROPERTY, "");
        if (!path.isEmpty()) {
            health.set(
                    "",
                    "log",
                    false,
                    path
                            + " cannot be written: what the host logs is on its terminal alone, and there only"
                            + " warnings and errors; let the host's user write it, and restart");
        }
    }
}
