package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Timer;
import java.time.Duration;

/** What the HTTP endpoint reports. Safe for all threads. */
public final class HttpMeters {
    private final Timer requests;
    private final Counter refused;

    HttpMeters(MetricGroup group) {
        requests = group.timer(Figure.HTTP_REQUESTS);
        refused = group.counter(Figure.HTTP_REFUSED);
    }

    /** A request was answered. */
    public void answered(Duration took) {
        requests.update(took);
    }

    /** A client got no answer. */
    public void refused() {
        refused.inc();
    }
}
