package dev.homeostat.host.pf4j;

import dev.homeostat.host.leak.BuiltUpon;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one plugin: of all modules of its layer, or of its jars where they cannot be modules.
 *
 * <p>The JDK's own loader of a layer keeps its jars open until it is collected; this one closes them with {@link #close()}. Its own packages are looked
 * for here first, then those of the dependencies, then those of the parent. A layer asks for classes and resources by module: those are the two overrides
 * without which neither a service provider nor {@code Class.getResource} would be found.
 */
final class PluginClasses extends URLClassLoader implements BuiltUpon {
    static {
        registerAsParallelCapable();
    }

    private final Set<String> own;
    private final Map<String, ClassLoader> dependencies;
    private final Map<String, URL> jarOfModule;

    /**
     * @param own the packages in the plugin's jars
     * @param dependencies the loaders of the packages of other plugins
     * @param jarOfModule the jars by the names of the modules in them; empty where there are no modules
     */
    PluginClasses(
            String name,
            ClassLoader parent,
            URL[] jars,
            Set<String> own,
            Map<String, ClassLoader> dependencies,
            Map<String, URL> jarOfModule) {
        super(name, jars, parent);
        this.own = Set.copyOf(own);
        this.dependencies = Map.copyOf(dependencies);
        this.jarOfModule = Map.copyOf(jarOfModule);
    }

    static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " has no URL", e);
        }
    }

    @Override
    public boolean isBuiltUpon(ClassLoader other) {
        return dependencies.containsValue(other);
    }

    Set<String> packages() {
        return own;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String wanted = packageOf(name);
        if (own.contains(wanted)) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        }
        ClassLoader dependency = dependencies.get(wanted);
        return dependency != null ? dependency.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    protected @Nullable Class<?> findClass(@Nullable String moduleName, String name) {
        if (moduleName == null ? !jarOfModule.isEmpty() : !jarOfModule.containsKey(moduleName)) {
            return null;
        }
        synchronized (getClassLoadingLock(name)) {
            try {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            } catch (ClassNotFoundException e) {
                return null;
            }
        }
    }

    @Override
    protected @Nullable URL findResource(@Nullable String moduleName, String name) throws IOException {
        if (moduleName == null) {
            return jarOfModule.isEmpty() ? findResource(name) : null;
        }
        URL jar = jarOfModule.get(moduleName);
        if (jar == null) {
            return null;
        }
        String prefix = "jar:" + jar + "!/";
        return Collections.list(findResources(name)).stream()
                .filter(url -> url.toString().startsWith(prefix))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return "PluginClasses[" + getName() + "]";
    }
}
