package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.Carried;
import dev.homeostat.host.plugin.PluginEntry.Refusal;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts plugins together: tables first, and the rest once every one has contributed. One that fails is quarantined, and so are those that need it; the others
 * go on. Used by the lifecycle thread only.
 */
final class Starting {
    private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

    private final PluginEntries entries;
    private final Loading loading;
    private final CodeLoader code;
    private final Scheduler clock;

    Starting(PluginEntries entries, Loading loading, CodeLoader code, Scheduler clock) {
        this.entries = entries;
        this.loading = loading;
        this.code = code;
        this.clock = clock;
    }

    /**
     * Starts some from their jars.
     *
     * @return those that run now
     */
    List<PluginEntry> start(List<PluginEntry> starting) throws InterruptedException {
        return start(starting, entry -> entry.jar().file().path(), Carried.nothing());
    }

    /**
     * Starts some.
     *
     * @param jars which jar each is loaded from
     * @param carried what they go on from
     * @return those that run now
     */
    List<PluginEntry> start(List<PluginEntry> starting, Function<PluginEntry, Path> jars, Carried carried)
            throws InterruptedException {
        Laps laps = new Laps(clock);
        List<PluginEntry> contributed = contributeAll(starting, jars, laps);
        for (PluginEntry entry : contributed) {
            if (entry.isLoaded()) {
                attempt(entry, () -> entry.instance().scope().start(Contribution.Kind.TABLE, carried));
            }
        }
        laps.lap("tables");
        for (PluginEntry entry : contributed) {
            if (entry.isLoaded()) {
                entry.instance().scope().leash().activate();
            }
        }
        List<PluginEntry> started = new ArrayList<>();
        for (PluginEntry entry : contributed) {
            if (entry.isLoaded()
                    && attempt(entry, () -> startAfterTables(entry.instance().scope(), carried))) {
                entries.come(entry, State.ACTIVE, "", Hold.NONE);
                started.add(entry);
                LOG.atInfo()
                        .addKeyValue("plugin", entry.id())
                        .log(
                                "plugin {} is active ({})",
                                entry.instance(),
                                entry.instance().code().isolation());
            }
        }
        laps.lap("start");
        if (!started.isEmpty()) {
            LOG.info("{} started in {}", started.size() == 1 ? "1 plugin" : started.size() + " plugins", laps);
        }
        return started.stream().filter(PluginEntry::isLoaded).toList();
    }

    private static void startAfterTables(PluginScope scope, Carried carried) throws InterruptedException {
        for (Contribution.Kind kind : Contribution.Kind.AFTER_TABLES) {
            scope.start(kind, carried);
        }
    }

    private List<PluginEntry> contributeAll(List<PluginEntry> starting, Function<PluginEntry, Path> jars, Laps laps)
            throws InterruptedException {
        PluginOrder order = order(starting);
        for (PluginEntry entry : starting) {
            String refused = order.refused().get(entry.id());
            if (refused != null) {
                lacks(entry, refused);
            }
        }
        List<PluginEntry> contributed = new ArrayList<>();
        for (PluginDescriptor descriptor : order.order()) {
            PluginEntry entry = entries.get(descriptor.id());
            if (starting.contains(entry)
                    && !isLacking(entry)
                    && attempt(
                            entry,
                            () -> entries.loaded(
                                    entry,
                                    loading.stage(
                                            descriptor,
                                            jars.apply(entry),
                                            entries.instancesWithout(List.of()),
                                            laps)))) {
                contributed.add(entry);
            }
        }
        return contributed;
    }

    private PluginOrder order(List<PluginEntry> starting) {
        List<PluginDescriptor> candidates = new ArrayList<>();
        entries.running().forEach(entry -> candidates.add(entry.instance().descriptor()));
        starting.forEach(entry -> candidates.add(entry.descriptor()));
        return entries.order(candidates, code);
    }

    /** Whether a plugin that it needs failed in the same turn; it says so then. */
    private boolean isLacking(PluginEntry entry) {
        for (PluginDescriptor.Dependency dependency : entry.descriptor().dependencies()) {
            boolean there =
                    entries.find(dependency.id()).filter(PluginEntry::isLoaded).isPresent();
            if (!dependency.optional() && !there) {
                String why =
                        entries.find(dependency.id()).map(PluginEntry::reason).orElse("it is not there");
                lacks(entry, PluginOrder.failed(dependency.id(), why));
                return true;
            }
        }
        return false;
    }

    private void lacks(PluginEntry entry, String reason) {
        boolean stoppedWithIt = entry.state() == State.STOPPED
                && entry.hold() == Hold.DEPENDENCY
                && entry.descriptor().dependencies().stream()
                        .anyMatch(one -> entries.find(one.id())
                                .filter(other -> other.state() == State.STOPPED)
                                .isPresent());
        if (!stoppedWithIt && entries.come(entry, State.FAILED, reason, Hold.DEPENDENCY)) {
            LOG.atError().addKeyValue("plugin", entry.id()).log("plugin \"{}\" waits: {}", entry.id(), reason);
        }
    }

    private boolean attempt(PluginEntry entry, Callback.Body body) throws InterruptedException {
        try {
            body.run();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // whatever it is, it is this plugin's end and not the host's
            quarantine(entry, e);
            return false;
        }
    }

    private void quarantine(PluginEntry entry, Throwable error) throws InterruptedException {
        String reason = Reasons.of(error);
        LOG.atError()
                .addKeyValue("plugin", entry.id())
                .log(
                        "plugin \"{}\" failed: {}",
                        entry.id(),
                        reason,
                        error.getCause() == null ? null : error.getCause());
        for (PluginEntry dependent : entries.dependents(entry)) {
            end(dependent, State.FAILED, PluginOrder.failed(entry.id(), reason), Hold.DEPENDENCY);
        }
        end(entry, State.FAILED, reason, Hold.MENDING);
    }

    /** Stops one that no other needs any more, gives up its classes, and says why. */
    void end(PluginEntry entry, State state, String reason, Hold hold) throws InterruptedException {
        if (entry.isLoaded()) {
            PluginInstance ending = entry.instance();
            entries.unloaded(entry);
            loading.end(List.of(ending));
        }
        Refusal refusal = entry.refusal();
        if (refusal != null && hold == Hold.DEPENDENCY) {
            // What it ran is no more, so what is to start by itself is what lies there now, if it can.
            boolean own = refusal.jar().problem().isEmpty()
                    && refusal.jar().id().filter(entry.id()::equals).isPresent();
            entry.install(refusal.jar());
            entries.come(
                    entry,
                    own ? state : State.FAILED,
                    own ? reason : reason + "; " + refusal,
                    own ? hold : Hold.MENDING);
        } else {
            entries.come(entry, state, reason, hold);
        }
    }
}
