package dev.homeostat.host.pf4j;

import dev.homeostat.host.plugin.PluginRefusedException;
import dev.homeostat.host.verify.JarManifest;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.pf4j.ManifestPluginDescriptorFinder;

/** Reads PF4J's keys from a jar's manifest, and says in plain words what is wrong with it. Keeps no file open. */
final class ManifestReader extends ManifestPluginDescriptorFinder {
    @Override
    protected Manifest readManifest(Path path) {
        Manifest manifest = read(path);
        require(manifest, PLUGIN_ID);
        require(manifest, PLUGIN_VERSION);
        return manifest;
    }

    private static Manifest read(Path path) {
        return JarManifest.read(path)
                .orElseThrow(() -> new PluginRefusedException(
                        "there is no plugin in it: it has no META-INF/MANIFEST.MF",
                        "have your build write one with Plugin-Id and Plugin-Version"));
    }

    private static void require(Manifest manifest, String key) {
        String value = manifest.getMainAttributes().getValue(key);
        if (value == null || value.isBlank()) {
            throw new PluginRefusedException(
                    "there is no plugin in it: its META-INF/MANIFEST.MF has no " + key, "have your build write it");
        }
    }
}
