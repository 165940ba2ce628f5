package test.backup;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;
import java.time.Duration;

/** Would copy something every so often. */
public final class BackupPlugin implements Plugin {
    /** The host makes it. */
    public BackupPlugin() {}

    /** What conf/plugins/backup.yaml may say. */
    public record Settings(
            @dev.homeostat.api.tree.Default("1h") Duration interval) {}

    @Override
    public void contribute(PluginContext context) {
        Duration interval = context.config(Settings.class).interval();
        context.gauge("interval", interval::toSeconds);
    }
}
