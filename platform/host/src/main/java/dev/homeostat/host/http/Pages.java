package dev.homeostat.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeostat.host.metrics.HostMetrics;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** What the endpoint has, by path. */
final class Pages {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int LISTED = 50;
    private static final Duration WAIT_FOR_OTHERS = Duration.ofSeconds(5);

    private final HostView host;
    private final HostMetrics metrics;
    private final ReentrantLock scrape = new ReentrantLock();

    private Pages(HostView host, HostMetrics metrics) {
        this.host = host;
        this.metrics = metrics;
    }

    static Map<String, Page> of(HostView host, HostMetrics metrics) {
        Pages pages = new Pages(host, metrics);
        return new TreeMap<>(Map.of(
                "/metrics", pages::metrics, "/livez", () -> Reply.text(200, "alive\n"), "/readyz", pages::ready));
    }

    /** One at a time, so that many clients cost no more than one. */
    private Reply metrics() throws IOException, InterruptedException {
        if (!scrape.tryLock(WAIT_FOR_OTHERS.toMillis(), TimeUnit.MILLISECONDS)) {
            return Reply.text(503, "others read the metrics; try again later\n");
        }
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 16);
            metrics.writeText(text);
            return new Reply(200, METRICS_TYPE, text.toString(UTF_8));
        } finally {
            scrape.unlock();
        }
    }

    private Reply ready() {
        Readiness readiness = Readiness.of(host);
        if (readiness.ready()) {
            return Reply.text(200, "ready\n");
        }
        int count = readiness.missing().size();
        String lines = readiness.missing().stream()
                .limit(LISTED)
                .map(line -> line.replaceAll("\\p{Cntrl}+", " ") + "\n")
                .collect(Collectors.joining());
        return Reply.text(503, "not ready\n" + lines + (count > LISTED ? "and " + (count - LISTED) + " more\n" : ""));
    }
}
