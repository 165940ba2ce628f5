package dev.homeostat.host;

import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.host.plugin.Plugins;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.launcher.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A host on a home of its own, in this process. */
public final class HostFixture implements AutoCloseable {
    public final Path home;
    private final Path install;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private Optional<Host> host = Optional.empty();

    public HostFixture(Path directory) {
        try {
            this.home = Files.createDirectories(directory.resolve("home"));
            this.install = Files.createDirectories(directory.resolve("install"));
            Files.createDirectories(plugins());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path plugins() {
        return home.resolve("plugins");
    }

    public Path bundled() {
        return install.resolve("plugins");
    }

    public HostFixture with(PluginJar jar, String fileName) {
        jar.writeTo(plugins(), fileName);
        return this;
    }

    public HostFixture file(String name, String text) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets an environment variable. */
    public HostFixture variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Sets a system property, for the host alone. */
    HostFixture property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    public Launch launch(Map<String, String> flags) {
        return new Launch(install, home, Instant.now(), flags);
    }

    Host open(Map<String, String> flags) throws Exception {
        Host opened = Host.open(launch(flags), BootPlatform.boot(), new Environment(properties, variables));
        host = Optional.of(opened);
        return opened;
    }

    public HostFixture start() throws Exception {
        return start(Map.of());
    }

    public HostFixture start(Map<String, String> flags) throws Exception {
        open(flags).start();
        return this;
    }

    Host host() {
        return host.orElseThrow();
    }

    public PluginView plugin(String id) {
        return host().plugins().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no plugin " + id + " in " + host().plugins()));
    }

    /** Does something with the plugins, on their thread. */
    void lifecycle(Lifecycle.Step step) throws Exception {
        host().parts().lifecycle().run(step);
    }

    Plugins lifecycleOf() {
        return host().parts().plugins();
    }

    /** A port that nobody listens on, so far. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says of itself. */
    public HostView view() {
        return host();
    }

    /** Stops a plugin, as the command does. */
    public void stop(String plugin) throws Exception {
        host().act(PluginAction.STOP, plugin, "by command");
    }

    @Override
    public void close() {
        host.ifPresent(Host::stop);
    }
}
