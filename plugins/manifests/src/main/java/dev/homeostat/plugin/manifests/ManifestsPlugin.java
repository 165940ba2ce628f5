package dev.homeostat.plugin.manifests;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;

/** Contributes the source {@code manifests}. */
public final class ManifestsPlugin implements Plugin {
    /** For the host. */
    public ManifestsPlugin() {}

    @Override
    public void contribute(PluginContext context) {
        ManifestsConfig config = context.config(ManifestsConfig.class);
        context.source(
                "manifests",
                new ManifestSource(
                        new ManifestDirectory(
                                context.home().resolve(config.directory()).normalize()),
                        new ManifestParser(context.documents()),
                        context.data(),
                        config,
                        context.scheduler()));
    }
}
