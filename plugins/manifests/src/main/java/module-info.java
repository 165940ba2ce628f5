import org.jspecify.annotations.NullMarked;

/** Fills tables from YAML manifests. */
@NullMarked
module dev.homeostat.plugin.manifests {
    requires dev.homeostat.api;
    requires org.slf4j;
    requires static org.jspecify;

    provides dev.homeostat.api.plugin.Plugin with
            dev.homeostat.plugin.manifests.ManifestsPlugin;
}
