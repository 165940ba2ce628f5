package dev.homeostat.plugintest;

import dev.homeostat.api.plugin.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a directory with the classes of a plugin from others. */
final class ProvidedPlugin {
    private ProvidedPlugin() {}

    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve("META-INF/services/" + Plugin.class.getName())) || isInModule(directory);
    }

    private static boolean isInModule(Path directory) {
        Path descriptor = directory.resolve("module-info.class");
        if (!Files.exists(descriptor)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(descriptor)) {
            return ModuleDescriptor.read(in).provides().stream()
                    .anyMatch(provided -> provided.service().equals(Plugin.class.getName()));
        } catch (IOException | InvalidModuleDescriptorException e) {
            return false;
        }
    }
}
