package dev.homeostat.plugin.files;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;
import dev.homeostat.api.reconcile.Options;

/** Contributes the table {@code files} and what keeps them on disk. */
public final class FilesPlugin implements Plugin {
    private static final double REFRESHES_PER_SECOND = 100;

    /** For the host. */
    public FilesPlugin() {}

    @Override
    public void contribute(PluginContext context) {
        FilesConfig config = context.config(FilesConfig.class);
        ManagedDirectory directory = new ManagedDirectory(config.managedDirectory(context.home()));
        RWTable<DesiredFile> files = context.table(DesiredFile.TABLE);
        context.reconciler(
                "files",
                files,
                new FileOperations(directory, files),
                Options.defaults()
                        .pruning(config.pruneInterval())
                        .refreshing(config.refreshInterval(), REFRESHES_PER_SECOND));
    }
}
