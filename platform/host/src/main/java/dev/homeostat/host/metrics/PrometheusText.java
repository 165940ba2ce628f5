package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Snapshot;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics as Prometheus reads them. What has no value just then is left out. */
final class PrometheusText {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusText.class);
    private static final double[] QUANTILES = {0.5, 0.75, 0.95, 0.99, 0.999};
    private static final double NANOS_IN_A_SECOND = 1e9;

    private PrometheusText() {}

    static void write(MetricBook book, OutputStream out) throws IOException {
        List<MetricBook.Entry> entries = List.copyOf(book.entries());
        for (MetricBook.Entry entry : entries) {
            if (entry.metric() instanceof ContainedGauge gauge) {
                gauge.ask(); // all of them at once, so that slow ones are waited for together
            }
        }
        Map<Figure, List<MetricBook.Entry>> figures = new EnumMap<>(Figure.class);
        entries.forEach(entry -> figures.computeIfAbsent(entry.figure(), figure -> new ArrayList<>())
                .add(entry));
        List<MetricSnapshot> families = new ArrayList<>();
        figures.forEach((figure, all) -> families.add(family(figure, all)));
        PrometheusTextFormatWriter.create()
                .write(out, new MetricSnapshots(families), EscapingScheme.UNDERSCORE_ESCAPING);
    }

    private static MetricSnapshot family(Figure figure, List<MetricBook.Entry> entries) {
        MetricMetadata about = new MetricMetadata(figure.exposed(), figure.help());
        return switch (figure.form()) {
            case GAUGE, FLAG, SECONDS, BYTES -> new GaugeSnapshot(about, points(entries, PrometheusText::gauge));
            case COUNTER, SECONDS_COUNTER -> new CounterSnapshot(about, points(entries, PrometheusText::counter));
            case TIMER -> new SummarySnapshot(about, points(entries, PrometheusText::summary));
            case INFO -> new InfoSnapshot(about, points(entries, PrometheusText::info));
        };
    }

    private static <P> List<P> points(List<MetricBook.Entry> entries, Function<MetricBook.Entry, P> point) {
        List<P> points = new ArrayList<>(entries.size());
        for (MetricBook.Entry entry : entries) {
            try {
                points.add(point.apply(entry));
            } catch (NoValueException e) {
                // It has none just then.
            } catch (RuntimeException e) { // what it is about goes right now, for example
                LOG.debug("metric \"{}\" cannot be read", entry.figure().of(entry.of()), e);
            }
        }
        return points;
    }

    private static GaugeDataPointSnapshot gauge(MetricBook.Entry entry) {
        return GaugeDataPointSnapshot.builder()
                .value(number(entry))
                .labels(labels(entry))
                .build();
    }

    private static CounterDataPointSnapshot counter(MetricBook.Entry entry) {
        return CounterDataPointSnapshot.builder()
                .value(number(entry))
                .labels(labels(entry))
                .build();
    }

    private static SummaryDataPointSnapshot summary(MetricBook.Entry entry) {
        SummedTimer timer = (SummedTimer) entry.metric();
        long count = timer.getCount();
        return SummaryDataPointSnapshot.builder()
                .count(count)
                .sum(timer.sumSeconds())
                .quantiles(count == 0 ? Quantiles.EMPTY : quantiles(timer.getSnapshot()))
                .labels(labels(entry))
                .build();
    }

    private static Quantiles quantiles(Snapshot snapshot) {
        Quantiles.Builder quantiles = Quantiles.builder();
        for (double quantile : QUANTILES) {
            quantiles.quantile(quantile, snapshot.getValue(quantile) / NANOS_IN_A_SECOND);
        }
        return quantiles.build();
    }

    private static InfoDataPointSnapshot info(MetricBook.Entry entry) {
        return InfoDataPointSnapshot.builder()
                .labels(labels(entry).add("version", value(entry).toString()))
                .build();
    }

    private static Labels labels(MetricBook.Entry entry) {
        return Labels.of(
                entry.figure().subject().labels(), entry.figure().subject().values(entry.of()));
    }

    private static double number(MetricBook.Entry entry) {
        double number =
                entry.metric() instanceof Counter counter ? counter.getCount() : ((Number) value(entry)).doubleValue();
        if (Double.isNaN(number)) {
            throw new NoValueException();
        }
        return number;
    }

    private static Object value(MetricBook.Entry entry) {
        return Objects.requireNonNull(((Gauge<?>) entry.metric()).getValue());
    }

    /** A metric has no value just then. */
    private static final class NoValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoValueException() {
            super("no value", null, false, false);
        }
    }
}
