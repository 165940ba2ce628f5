package dev.homeostat.host.http;

import dev.homeostat.host.config.HostConfig;
import dev.homeostat.host.listen.PersistentListener;
import dev.homeostat.host.metrics.HostMetrics;
import dev.homeostat.host.metrics.HttpMeters;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.view.HostView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP endpoint of a host. The host does without where its port cannot be had. Safe for all threads.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final Map<String, Page> pages;
    private final HttpMeters meters;
    private final PersistentListener listener;

    private HttpEndpoint(HostConfig.Http settings, HostView host, HostMetrics metrics, HealthBoard health) {
        this.address = new InetSocketAddress(InetAddress.ofLiteral(settings.address()), settings.port());
        this.pages = Pages.of(host, metrics);
        this.meters = metrics.http();
        this.listener = PersistentListener.open("http", this::listen, health, host.scheduler());
    }

    /** Begins to answer for that host, as soon as the port can be had. */
    public static HttpEndpoint open(HostConfig.Http settings, HostView host, HostMetrics metrics, HealthBoard health) {
        if (!InetAddress.ofLiteral(settings.address()).isLoopbackAddress()) {
            LOG.warn(
                    "http.address is {}: whoever reaches that port can read the metrics, names of plugins and tables"
                            + " among them",
                    settings.address());
        }
        return new HttpEndpoint(settings, host, metrics, health);
    }

    private Runnable listen() throws IOException {
        try {
            Listener open = Listener.open(address, pages, meters, PATIENCE);
            LOG.info("HTTP: http://{} answers {}", shown(), String.join(", ", pages.keySet()));
            return open::close;
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + shown() + ": " + e.getMessage()
                            + "; free that port, or set another http.port or http.address and restart",
                    e);
        }
    }

    private String shown() {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** Listens no more. */
    @Override
    public void close() {
        listener.close();
    }
}
