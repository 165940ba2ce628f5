package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time and threads for a reconciler or a derivation of a plugin: whatever runs there, the reconciler's own turns, the plugin's operations and those who waited for them, has
 * both names in the log and the plugin's class loader on its thread. Unlike a {@link SchedulerHandle} it goes on working while the plugin stops, since a
 * reconciler drains then.
 *
 * @param reconciler the reconciler's full name, or null for what belongs to the plugin alone
 */
record PluginScheduler(
        Scheduler scheduler, PluginThread around, @Nullable String reconciler) implements Scheduler {
    @Override
    public Instant instant() {
        return scheduler.instant();
    }

    @Override
    public long nanoTime() {
        return scheduler.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        scheduler.execute(() -> around.run(reconciler, task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return scheduler.schedule(delay, () -> around.run(reconciler, task));
    }
}
