package dev.homeostat.host.pf4j;

import java.net.URL;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last resort for jars that cannot be modules: a class loader without a layer, which sees of the host what a module would see. */
final class PlainClasses {
    private PlainClasses() {}

    static LoadedCode load(
            String name, Bundle bundle, List<LoadedCode> dependencies, ParentClasses parent, String reason) {
        URL[] jars = bundle.jars().stream().map(PluginClasses::url).toArray(URL[]::new);
        Set<String> own = new HashSet<>(bundle.packages());
        own.removeAll(parent.shared()); // a module that is in the boot layer is there once, and so are its classes
        PluginClasses loader =
                new PluginClasses(name, parent, jars, own, LoadedCode.packagesOf(dependencies), Map.of());
        return new LoadedCode(loader, isolation(reason), Optional.empty(), Optional.empty(), dependencies);
    }

    static String isolation(String reason) {
        return "class loader (its jars cannot be modules: " + reason + ")";
    }
}
