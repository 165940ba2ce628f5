package dev.homeostat.host.pf4j;

import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parent of all plugins' loaders: shows of the boot layer what its modules export to everybody. A module could not use more than that anyway, and a
 * class outside of every module is not to see more either.
 */
final class ParentClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader boot;
    private final Set<String> visible;
    private final Set<String> hidden;
    private final Set<String> shared;

    ParentClasses(BootPlatform platform) {
        super("homeostat-api", getPlatformClassLoader());
        this.boot = platform.loader();
        this.visible = platform.exportedPackages();
        Set<String> application = platform.applicationPackages();
        this.shared = application.stream().filter(visible::contains).collect(Collectors.toUnmodifiableSet());
        this.hidden =
                application.stream().filter(name -> !visible.contains(name)).collect(Collectors.toUnmodifiableSet());
    }

    /** The packages of the API and of what came with it: whoever brings classes of them along is given these all the same. */
    Set<String> shared() {
        return shared;
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

    /** Class files, for what reads rather than loads them; other resources of the boot layer are nobody else's business. */
    @Override
    protected @Nullable URL findResource(String name) {
        int slash = name.lastIndexOf('/');
        boolean shown = name.endsWith(".class")
                && slash > 0
                && visible.contains(name.substring(0, slash).replace('/', '.'));
        return shown ? boot.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }
}
