package dev.homeostat.plants;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All of our classes on this JVM's paths a second time, with those of a {@link Plant} in front of them. */
public final class PlantedClasses implements AutoCloseable {
    private final URLClassLoader loader;

    private PlantedClasses(URLClassLoader loader) {
        this.loader = loader;
    }

    /** With the plant, compiled into that directory. */
    public static PlantedClasses with(Plant plant, Path directory) throws IOException {
        plant.compile(directory);
        List<URL> urls = new ArrayList<>();
        urls.add(url(directory));
        for (String entry : productionPath().split(File.pathSeparator)) {
            urls.add(url(Path.of(entry)));
        }
        return new PlantedClasses(new OursFirst(urls.toArray(URL[]::new)));
    }

    /** The class of that name, among these. */
    public Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the classes of this JVM come from, modules included. */
    static String productionPath() {
        return Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                .filter(Objects::nonNull)
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(path.toString(), e);
        }
    }

    /** Loads our classes itself, although the JDK's loaders know those of named modules. */
    private static final class OursFirst extends URLClassLoader {
        OursFirst(URL[] urls) {
            super(urls, ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.homeostat.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }
}
