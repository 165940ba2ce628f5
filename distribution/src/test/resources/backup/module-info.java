module test.backup {
    requires dev.homeostat.api;

    provides dev.homeostat.api.plugin.Plugin with
            test.backup.BackupPlugin;
}
