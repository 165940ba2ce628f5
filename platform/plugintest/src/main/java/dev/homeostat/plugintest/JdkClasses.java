package dev.homeostat.plugintest;

import java.lang.module.ModuleFinder;
import java.util.HashSet;
import java.util.Set;

/**
 * The parent of the host's layers: sees all of the JDK, also what its application class loader has, and nothing of the class path. In an installation that
 * loader has the API; here it has the test, its libraries, and another copy of the API.
 */
final class JdkClasses extends ClassLoader {
    private static final ClassLoader SYSTEM = ClassLoader.getSystemClassLoader();
    private static final Set<String> PACKAGES = packages();

    static {
        registerAsParallelCapable();
    }

    JdkClasses() {
        super("jdk", getPlatformClassLoader());
    }

    private static Set<String> packages() {
        ModuleFinder jdk = ModuleFinder.ofSystem();
        Set<String> packages = new HashSet<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if (SYSTEM.equals(module.getClassLoader())
                    && jdk.find(module.getName()).isPresent()) {
                packages.addAll(module.getPackages());
            }
        }
        return packages;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && PACKAGES.contains(name.substring(0, dot))) {
            return SYSTEM.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
