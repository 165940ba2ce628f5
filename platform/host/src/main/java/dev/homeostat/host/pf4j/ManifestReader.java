package dev.homeostat.host.pf4j;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
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
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new PluginRefusedException(
                        "there is no plugin in it: it has no META-INF/MANIFEST.MF with Plugin-Id and Plugin-Version");
            }
            return manifest;
        } catch (IOException e) {
            throw new PluginRefusedException(
                    "it cannot be read as a jar (" + e.getMessage() + "): it is damaged, or something else", e);
        }
    }

    private static void require(Manifest manifest, String key) {
        String value = manifest.getMainAttributes().getValue(key);
        if (value == null || value.isBlank()) {
            throw new PluginRefusedException("there is no plugin in it: its META-INF/MANIFEST.MF has no " + key);
        }
    }
}
