package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When failing has gone on for long enough. */
final class GiveUp {
    private GiveUp() {}

    /**
     * Why the failure is the last one, or null if there is to be another attempt.
     *
     * @param failures how many count, this one included
     * @param failingNanos the time since the first of them began
     */
    static @Nullable String reason(Options options, int failures, long failingNanos, String failure) {
        Integer attempts = options.giveUpAttempts();
        if (attempts != null && failures >= attempts) {
            return "gave up after " + attempts(failures) + ": " + failure;
        }
        Duration age = options.giveUpAge();
        if (age != null && failingNanos >= Nanos.of(age)) {
            return "gave up after " + Span.text(Duration.ofNanos(failingNanos)) + " and " + attempts(failures) + ": "
                    + failure;
        }
        return null;
    }

    private static String attempts(int number) {
        return number == 1 ? "1 attempt" : number + " attempts";
    }
}
