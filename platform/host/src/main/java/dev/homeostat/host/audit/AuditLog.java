package dev.homeostat.host.audit;

import dev.homeostat.host.control.Act;
import dev.homeostat.host.control.Audit;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.plugin.HealthBoard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what people had done to {@code logs/audit.log}, one JSON document a line, in ASCII. Where that cannot be written the host goes on, since it is then that
 * somebody has to be able to steer it: the line is in the host's own log, and its health says so. Safe for all threads.
 */
public final class AuditLog implements Audit {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final String HEALTH = "audit log";
    private final RotatingFile file;
    private final HealthBoard health;
    private boolean broken; // guarded by this
    private long missed; // guarded by this

    /** Writes into {@code logs} of that home, which exists. */
    public AuditLog(Path home, HealthBoard health) {
        this(new RotatingFile(home.resolve("logs"), "audit", RotatingFile.LARGEST, RotatingFile.KEPT), health);
    }

    AuditLog(RotatingFile file, HealthBoard health) {
        this.file = file;
        this.health = health;
    }

    @Override
    public synchronized void acted(Act act) {
        String line = line(act);
        try {
            file.append((line + "\n").getBytes(StandardCharsets.US_ASCII));
            mended();
        } catch (IOException | RuntimeException e) {
            broken = true;
            missed++;
            LOG.warn("{} cannot be written ({}), so this is only here: {}", file.path(), DiskReason.of(e), line);
            health.set(
                    "",
                    HEALTH,
                    false,
                    file.path() + " cannot be written (" + DiskReason.of(e)
                            + "); the host's log, or its terminal, has the " + missed
                            + " line(s) that are missing there: make room, or let the host's user write it");
        }
    }

    private void mended() {
        if (broken) {
            broken = false;
            missed = 0;
            health.set("", HEALTH, true, file.path() + " is written again");
            health.remove("", HEALTH);
        }
    }

    /** Made with the first line: a start has none, and would wait for it. */
    private static final class Lines {
        static final JsonMapper MAPPER =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

        private Lines() {}
    }

    private static String line(Act act) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("time", act.time().toString())
                .put("via", act.caller().via())
                .put("user", act.caller().user())
                .put("method", act.method());
        json.set("params", act.params());
        json.put("outcome", act.outcome().name().toLowerCase(Locale.ROOT))
                .put("message", act.message())
                .put("tookMillis", act.took().toMillis());
        return Lines.MAPPER.writeValueAsString(json);
    }
}
