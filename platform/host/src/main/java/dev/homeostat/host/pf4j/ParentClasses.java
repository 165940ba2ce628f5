package dev.homeostat.host.pf4j;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parent of loaders without modules: shows of the boot layer what its modules export to everybody, which is what a module would see. */
final class ParentClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader boot;
    private final Set<String> visible;
    private final Set<String> hidden;

    ParentClasses(BootPlatform platform) {
        super("homeostat-api", getPlatformClassLoader());
        this.boot = platform.loader();
        this.visible = platform.exportedPackages();
        Set<String> others = platform.applicationPackages();
        others.removeAll(visible);
        this.hidden = Set.copyOf(others);
    }

    /** Asks before the JDK's platform loader, which finds every named module of the boot layer, and with it what they do not export. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (hidden.contains(PluginClasses.packageOf(name))) {
            throw new ClassNotFoundException(name + " is in a package that is not exported");
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (visible.contains(PluginClasses.packageOf(name))) {
            return boot.loadClass(name);
        }
        throw new ClassNotFoundException(
                name + " is neither in the plugin, nor in one that it depends on, nor in the API");
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }
}
