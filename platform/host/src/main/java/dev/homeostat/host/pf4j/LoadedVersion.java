package dev.homeostat.host.pf4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;

/** One loaded version of a plugin: its private files, its classes, and the PF4J manager that has it and nothing else on its list. */
final class LoadedVersion implements PluginLoader {
    private final String id;
    private final Bundle bundle;
    private final Supplier<LoadedCode> classes;
    private final LoadedPlugins manager;
    private @Nullable LoadedCode code;

    /** @param classes makes its classes; called once */
    LoadedVersion(String apiVersion, String id, Bundle bundle, Supplier<LoadedCode> classes) {
        this.id = id;
        this.bundle = bundle;
        this.classes = classes;
        this.manager = new LoadedPlugins(apiVersion, this);
    }

    Bundle bundle() {
        return bundle;
    }

    /** Has PF4J load it. */
    LoadedCode load() {
        manager.loadPlugin(bundle.jar());
        return code();
    }

    /** Its classes. */
    LoadedCode code() {
        LoadedCode current = code;
        if (current == null) {
            throw new IllegalStateException("PF4J did not load plugin \"" + id + "\"");
        }
        return current;
    }

    /** Called back by PF4J. */
    @Override
    public boolean isApplicable(Path path) {
        return true;
    }

    /** Called back by PF4J. */
    @Override
    public ClassLoader loadPlugin(Path path, PluginDescriptor manifest) {
        LoadedCode made = classes.get();
        code = made;
        return made.loader();
    }

    /** Closes its files. */
    void close() throws IOException {
        LoadedCode current = code;
        try {
            manager.forget(id);
        } finally {
            if (current != null) {
                current.loader().close();
            }
        }
    }
}
