package dev.homeostat.host.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The order in which plugins are loaded: dependencies first, otherwise as they were found. A plugin whose dependencies cannot be met is left out with the
 * reason, and harms nobody but those that need it.
 *
 * @param order what can be loaded
 * @param refused why the others cannot
 */
public record PluginOrder(List<PluginDescriptor> order, Map<String, String> refused) {
    /**
     * Finds it.
     *
     * @param found the plugins that are to be loaded or are
     * @param unfit why others are not, by id
     * @param accepts whether a range (first) holds a version
     */
    public static PluginOrder of(
            List<PluginDescriptor> found, Map<String, String> unfit, BiPredicate<String, String> accepts) {
        return new Search(found, unfit, accepts).run();
    }

    /** A depth-first search. */
    private static final class Search {
        private final Map<String, PluginDescriptor> found = new LinkedHashMap<>();
        private final Map<String, String> unfit;
        private final BiPredicate<String, String> accepts;
        private final List<PluginDescriptor> order = new ArrayList<>();
        private final Map<String, String> refused = new HashMap<>();
        private final Set<String> path = new LinkedHashSet<>();

        Search(List<PluginDescriptor> found, Map<String, String> unfit, BiPredicate<String, String> accepts) {
            this.unfit = unfit;
            found.forEach(descriptor -> this.found.put(descriptor.id(), descriptor));
            this.accepts = accepts;
        }

        PluginOrder run() {
            found.values().forEach(this::visit);
            return new PluginOrder(List.copyOf(order), Map.copyOf(refused));
        }

        private void visit(PluginDescriptor plugin) {
            if (order.contains(plugin) || refused.containsKey(plugin.id())) {
                return;
            }
            path.add(plugin.id());
            for (PluginDescriptor.Dependency dependency : plugin.dependencies()) {
                String reason = unmet(dependency);
                if (!reason.isEmpty()) {
                    refused.putIfAbsent(plugin.id(), reason);
                }
            }
            path.remove(plugin.id());
            if (!refused.containsKey(plugin.id())) {
                order.add(plugin);
            }
        }

        /** Why a dependency cannot be had; empty when it can, or when nobody insists on it. */
        private String unmet(PluginDescriptor.Dependency dependency) {
            PluginDescriptor other = found.get(dependency.id());
            if (other == null) {
                return dependency.optional() ? "" : missing(dependency);
            }
            if (path.contains(other.id())) {
                return "it depends on itself: " + circle(other.id());
            }
            if (!fits(dependency, other)) {
                return "it needs plugin \"" + other.id() + "\" " + dependency.range() + ", and " + other.version()
                        + " is there";
            }
            visit(other);
            String why = refused.get(other.id());
            return why == null || dependency.optional() ? "" : failed(other.id(), why);
        }

        private boolean fits(PluginDescriptor.Dependency dependency, PluginDescriptor other) {
            try {
                return accepts.test(dependency.range(), other.version());
            } catch (RuntimeException e) {
                return false;
            }
        }

        private String missing(PluginDescriptor.Dependency dependency) {
            String why = unfit.get(dependency.id());
            if (why != null) {
                return failed(dependency.id(), why);
            }
            String range = dependency.range().equals("*") ? "" : " " + dependency.range();
            return "it needs plugin \"" + dependency.id() + "\"" + range
                    + ", which is not there: add it, or remove this one";
        }

        private String circle(String id) {
            return path.stream().dropWhile(one -> !one.equals(id)).collect(Collectors.joining(" → ")) + " → " + id;
        }
    }

    /** What a plugin says whose dependency does not run. */
    static String failed(String dependency, String why) {
        return "it needs plugin \"" + dependency + "\", which does not run: " + why;
    }
}
