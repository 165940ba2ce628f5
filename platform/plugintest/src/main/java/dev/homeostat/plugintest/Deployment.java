package dev.homeostat.plugintest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The plugin jars in the home of a host. Safe for all threads. */
final class Deployment {
    private final RunningHost host;
    private final Map<String, byte[]> deployed = new HashMap<>(); // guarded by this
    private final Set<String> tried = new HashSet<>(); // guarded by this

    Deployment(RunningHost host) {
        this.host = host;
    }

    /** The plugins that a test has seen fail. */
    synchronized Set<String> mayHaveFailed() {
        return Set.copyOf(tried);
    }

    synchronized HostedPlugin deploy(PluginJar jar) {
        if (deployed.containsKey(jar.id())) {
            throw new IllegalStateException("plugin \"" + jar.id() + "\" is deployed already: use redeploy");
        }
        return requireWell(put(jar), jar);
    }

    synchronized HostedPlugin redeploy(PluginJar jar) {
        requireDeployed(jar.id());
        if (Arrays.equals(deployed.get(jar.id()), jar.bytes())) {
            host.ask("plugins.reload", Map.of("id", jar.id())); // a jar that is overwritten by itself is no change
            return requireWell(found(jar), jar);
        }
        return requireWell(put(jar), jar);
    }

    synchronized HostedPlugin tryDeploy(PluginJar jar) {
        tried.add(jar.id());
        return put(jar);
    }

    synchronized void undeploy(String id) {
        requireDeployed(id);
        try {
            Files.delete(host.home().directory().resolve(file(id)));
        } catch (IOException e) {
            throw new UncheckedIOException("the jar of plugin \"" + id + "\" cannot be deleted: " + e, e);
        }
        deployed.remove(id);
        host.follow();
        host.plugin(id)
                .filter(plugin -> plugin.state() != HostedPlugin.State.LEAKED)
                .ifPresent(plugin -> {
                    throw new AssertionError("its jar is gone, and " + plugin.told() + "\n" + host.state());
                });
    }

    private void requireDeployed(String id) {
        if (!deployed.containsKey(id)) {
            throw new IllegalStateException("plugin \"" + id + "\" is not deployed: use deploy first");
        }
    }

    private HostedPlugin put(PluginJar jar) {
        byte[] bytes = jar.bytes();
        host.inside();
        host.home().write(file(jar.id()), bytes);
        deployed.put(jar.id(), bytes);
        host.follow();
        return found(jar);
    }

    private HostedPlugin found(PluginJar jar) {
        return host.plugin(jar.id())
                .orElseThrow(() -> new AssertionError("the host found no plugin in " + jar + "\n" + host.state()));
    }

    private HostedPlugin requireWell(HostedPlugin plugin, PluginJar jar) {
        if (!plugin.isWell() || !plugin.version().equals(jar.version())) {
            tried.add(plugin.id()); // it is told here, once
            throw new AssertionError(
                    plugin.told() + (plugin.version().equals(jar.version()) ? "" : ", and not " + jar.version()));
        }
        return plugin;
    }

    private static String file(String id) {
        return Path.of("plugins", id + ".jar").toString();
    }
}
