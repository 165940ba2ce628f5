package dev.homeostat.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis: equal factors are equal lengths. */
final class LogScale {
    private static final int[] STEPS = {1, 2, 5};

    private final double low;
    private final double high;
    private final double from;
    private final double to;

    /** Values from {@code low} to {@code high}, both above zero, at places from {@code from} to {@code to}. */
    LogScale(double low, double high, double from, double to) {
        if (low <= 0 || high <= low) {
            throw new IllegalArgumentException("no logarithmic axis from " + low + " to " + high);
        }
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
    }

    /**
     * An axis for values between these two, at least a decade long, so that what hardly grows looks so; its ends are 1, 2 or 5 times a power of ten.
     */
    static LogScale around(double smallest, double largest, double from, double to) {
        double low = stepAtMost(smallest / 1.15);
        double high = stepAtLeast(Math.max(largest * 1.15, low * 10));
        return new LogScale(low, high, from, to);
    }

    /** The place of a value. */
    double place(double value) {
        return from + (to - from) * Math.log(value / low) / Math.log(high / low);
    }

    /** The values 1, 2 and 5 times a power of ten that lie on the axis. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
            for (int step : STEPS) {
                double value = step * Math.pow(10, power);
                if (value >= low * 0.999 && value <= high * 1.001) {
                    ticks.add(value);
                }
            }
        }
        return ticks;
    }

    private static double stepAtMost(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double found = power;
        for (int step : STEPS) {
            if (step * power <= value) {
                found = step * power;
            }
        }
        return found;
    }

    private static double stepAtLeast(double value) {
        double found = stepAtMost(value);
        if (found >= value) {
            return found;
        }
        double power = Math.pow(10, Math.floor(Math.log10(found) + 1e-9));
        for (int step : STEPS) {
            if (step * power >= value) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
