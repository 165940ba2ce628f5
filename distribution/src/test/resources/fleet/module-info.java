module test.fleet {
    requires dev.homeostat.api;

    provides dev.homeostat.api.plugin.Plugin with
            test.fleet.FleetPlugin;
}
