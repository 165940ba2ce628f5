package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.Carried;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The configuration of a plugin while it runs: changes are taken up from its start to its stop. */
final class ConfigContribution implements Contribution, PluginConfigs.Caller {
    private final String plugin;
    private final PluginConfigs.Bound bound;
    private final PluginThread around;
    private final Scheduler scheduler;
    private @Nullable Callback running; // guarded by this
    private boolean stopped; // guarded by this

    ConfigContribution(String plugin, PluginConfigs.Bound bound, PluginThread around, Scheduler scheduler) {
        this.plugin = plugin;
        this.bound = bound;
        this.around = around;
        this.scheduler = scheduler;
    }

    @Override
    public Kind kind() {
        return Kind.OTHER;
    }

    @Override
    public String thing() {
        return "configuration";
    }

    @Override
    public void start(Carried carried) {
        bound.start(this);
    }

    @Override
    public boolean call(Callable<Boolean> body, Duration deadline)
            throws TimeoutException, ExecutionException, InterruptedException {
        AtomicBoolean result = new AtomicBoolean();
        begin(() -> result.set(body.call())).await(Deadline.in(deadline, scheduler));
        return result.get();
    }

    private synchronized Callback begin(Callback.Body body) {
        if (stopped) {
            throw new IllegalStateException("the plugin was stopped");
        }
        Callback before = running;
        if (before != null && before.isAlive()) {
            throw new IllegalStateException("an earlier change is still being taken up (thread \"" + plugin
                    + ": configuration\"), though it was interrupted");
        }
        Callback begun = Callback.start(plugin + ": configuration", around, body);
        running = begun;
        return begun;
    }

    @Override
    public void stop(Deadline deadline, Carried carried) {
        bound.stop();
        synchronized (this) {
            stopped = true;
            if (running != null) {
                running.interrupt();
                running = null;
            }
        }
    }
}
