package dev.homeostat.host.pf4j;

import java.util.List;
import java.util.Set;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;

/** PF4J's extension points are not used: plugins contribute through their context. Its own finders cast every loader to one of its classes. */
final class NoExtensions implements ExtensionFinder {
    @Override
    public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
        return List.of();
    }

    @Override
    public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
        return List.of();
    }

    @Override
    @SuppressWarnings("rawtypes") // PF4J's signature
    public List<ExtensionWrapper> find(String pluginId) {
        return List.of();
    }

    @Override
    public Set<String> findClassNames(String pluginId) {
        return Set.of();
    }
}
