package dev.homeostat.host.pf4j;

import java.lang.module.ModuleDescriptor;
import java.util.HashSet;
import java.util.Set;

/**
 * What all plugins sit on.
 *
 * @param layer holds the API's module; every plugin layer has it as a parent
 * @param loader finds the classes of that layer
 */
public record BootPlatform(ModuleLayer layer, ClassLoader loader) {
    /** The boot layer of this process. */
    public static BootPlatform boot() {
        return new BootPlatform(ModuleLayer.boot(), ClassLoader.getSystemClassLoader());
    }

    boolean has(String module) {
        return layer.findModule(module).isPresent();
    }

    /** The packages that a class outside of every module may see, besides those of the JDK's core. */
    Set<String> exportedPackages() {
        Set<String> packages = new HashSet<>();
        for (Module module : layer.modules()) {
            ModuleDescriptor descriptor = module.getDescriptor();
            if (descriptor.isAutomatic()) {
                packages.addAll(descriptor.packages());
            } else {
                descriptor.exports().stream()
                        .filter(exports -> !exports.isQualified())
                        .forEach(exports -> packages.add(exports.source()));
            }
        }
        return packages;
    }

    /** All packages of modules that are not of the JDK's core. */
    Set<String> applicationPackages() {
        Set<String> packages = new HashSet<>();
        for (Module module : layer.modules()) {
            ClassLoader of = module.getClassLoader();
            if (of != null && !of.equals(ClassLoader.getPlatformClassLoader())) {
                packages.addAll(module.getPackages());
            }
        }
        return packages;
    }
}
