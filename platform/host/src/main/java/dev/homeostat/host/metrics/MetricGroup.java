package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The metrics of one thing, all of which go when it goes. Safe for all threads. */
final class MetricGroup implements AutoCloseable {
    private final MetricBook book;
    private final String of;
    private final Set<Figure> figures = EnumSet.noneOf(Figure.class); // guarded by this
    private boolean closed; // guarded by this

    /** @param of the name of the thing; empty where there is but one */
    MetricGroup(MetricBook book, String of) {
        this.book = book;
        this.of = of;
    }

    /** A counter that is told. */
    Counter counter(Figure figure) {
        return add(figure, new Counter());
    }

    /** A counter that somebody else keeps. */
    void counter(Figure figure, LongSupplier value) {
        add(figure, new KeptCounter(value));
    }

    /** A timer that is told. */
    Timer timer(Figure figure) {
        return add(figure, new SummedTimer());
    }

    /** A whole number, asked for when somebody looks. */
    void gauge(Figure figure, LongSupplier value) {
        add(figure, (Gauge<Long>) value::getAsLong);
    }

    /** A number, asked for when somebody looks. */
    void number(Figure figure, DoubleSupplier value) {
        add(figure, (Gauge<Double>) value::getAsDouble);
    }

    /** A yes or no, asked for when somebody looks. */
    void flag(Figure figure, BooleanSupplier value) {
        add(figure, (Gauge<Integer>) () -> value.getAsBoolean() ? 1 : 0);
    }

    /** A text that stays. */
    void info(Figure figure, String text) {
        add(figure, (Gauge<String>) () -> text);
    }

    private synchronized <M extends Metric> M add(Figure figure, M metric) {
        if (!closed) { // else it was removed at the same time: whoever counts, counts for nobody
            book.add(figure, of, metric);
            figures.add(figure);
        }
        return metric;
    }

    @Override
    public synchronized void close() {
        closed = true;
        figures.forEach(figure -> book.remove(figure, of));
        figures.clear();
    }
}
