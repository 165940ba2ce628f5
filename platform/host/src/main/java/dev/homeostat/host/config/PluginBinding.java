package dev.homeostat.host.config;

import dev.homeostat.api.plugin.ConfigListener;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.plugin.PluginConfigs;
import dev.homeostat.host.view.SettingView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one run of a plugin: what is in force of each record that it asked for. Changes are taken up one at a time, by {@link ConfigChange}. Safe for all
 * threads.
 */
final class PluginBinding implements PluginConfigs.Bound {
    /** Of the health line. */
    static final String NAME = "configuration";

    private final String plugin;
    private final PluginDocuments documents;
    private final PluginBindings all;
    private final Object changing = new Object();
    private final Map<Class<?>, BoundRecord<?>> records = new LinkedHashMap<>(); // guarded by this, as all below
    private final Map<Path, FileWatch> watches = new HashMap<>();
    private PluginConfigs.@Nullable Caller caller;
    private List<Path> files = List.of();
    private boolean hadFile;
    private boolean stopped;
    private boolean reloaded;

    PluginBinding(String plugin, PluginDocuments documents, PluginBindings all) {
        this.plugin = plugin;
        this.documents = documents;
        this.all = all;
    }

    String plugin() {
        return plugin;
    }

    @Override
    public <C extends Record> C bind(Class<C> type) {
        synchronized (this) {
            BoundRecord<?> known = records.get(type);
            if (known != null) {
                return type.cast(known.inForce().config());
            }
        }
        BoundRecord<C> record = new BoundRecord<>(type);
        try {
            PluginDocuments.Reading reading = documents.read(plugin, record.fields());
            C config = record.begin(reading.tree());
            synchronized (this) {
                records.put(type, record);
                took(reading);
            }
            return config;
        } catch (DocumentException e) {
            all.refused(
                    plugin,
                    new PluginBindings.Refused(
                            e.problems(), all.readable(plugin), PluginDocuments.names(plugin, record.fields())));
            throw e;
        }
    }

    @Override
    @SuppressWarnings("unchecked") // bind(…) put it there under its type
    public synchronized <C extends Record> void listen(Class<C> type, ConfigListener<C> listener) {
        BoundRecord<C> record = (BoundRecord<C>) records.get(type);
        if (record == null) {
            throw new IllegalStateException(type + " was not bound");
        }
        record.listener(listener);
    }

    /** Remembers which files it was read from, and watches them. */
    synchronized void took(PluginDocuments.Reading reading) {
        hadFile = reading.hasFile();
        files = reading.files();
        watch();
    }

    /** Watches the files that were read last, and no others. */
    private synchronized void watch() {
        if (caller == null || stopped) {
            return;
        }
        watches.entrySet().removeIf(watch -> {
            boolean gone = !files.contains(watch.getKey());
            if (gone) {
                watch.getValue().close();
            }
            return gone;
        });
        files.forEach(
                file -> watches.computeIfAbsent(file, one -> FileWatch.open(all.scheduler(), one, this::fileChanged)));
    }

    @Override
    public void start(PluginConfigs.Caller call) {
        synchronized (this) {
            caller = call;
        }
        all.began(this);
        watch();
    }

    @Override
    public void stop() {
        synchronized (this) {
            stopped = true;
            watches.values().forEach(FileWatch::close);
            watches.clear();
            records.clear();
        }
        all.ended(this);
    }

    /** Writes the health line, unless it was taken away for good: a change may still be under way when the plugin stops. */
    synchronized void show(boolean ok, String message) {
        if (!stopped) {
            all.health().set(plugin, NAME, ok, message);
        }
    }

    /** Takes the health line away. */
    synchronized void asItShouldBe() {
        if (!stopped) {
            all.health().set(plugin, NAME, true, "as it should be");
            all.health().remove(plugin, NAME);
        }
    }

    /** A reload was asked for: either this one stops, or it failed and this one goes on. */
    synchronized void isReloaded() {
        reloaded = true;
    }

    /** Whether a reload was asked for since the last call, and did not come about. */
    synchronized boolean goesOnThoughReloaded() {
        boolean was = reloaded && !stopped;
        reloaded = false;
        return was;
    }

    private void fileChanged() {
        synchronized (changing) { // one change at a time; stop(…) does not wait for it
            PluginConfigs.Caller call;
            synchronized (this) {
                call = caller;
                if (stopped || call == null) {
                    return;
                }
            }
            new ConfigChange(this, all, call).apply();
        }
    }

    /**
     * Reads the configuration as it is now.
     *
     * @return for each record what it would be; in the order in which they were asked for
     * @throws DocumentException with all that is wrong
     */
    Map<BoundRecord<?>, BoundRecord.State<?>> readAnew() {
        Map<BoundRecord<?>, BoundRecord.State<?>> states = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (BoundRecord<?> record : records()) {
            try {
                PluginDocuments.Reading reading = documents.read(plugin, record.fields());
                if (wasThere() && !reading.hasFile()) {
                    throw new DocumentException(
                            new Place(PluginDocuments.file(plugin), 0),
                            "the file is gone; a restart would begin with the defaults");
                }
                states.put(record, record.read(reading.tree()));
                took(reading);
            } catch (DocumentException e) {
                e.problems().stream().filter(one -> !problems.contains(one)).forEach(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
        return states;
    }

    private synchronized boolean wasThere() {
        return hadFile;
    }

    synchronized List<BoundRecord<?>> records() {
        return List.copyOf(records.values());
    }

    /** What is in force, and what a restart would change of it. */
    List<SettingView> settings() {
        Map<BoundRecord<?>, BoundRecord.State<?>> pending;
        try {
            pending = readAnew();
        } catch (DocumentException e) {
            pending = Map.of();
        }
        List<SettingView> lines = new ArrayList<>();
        for (BoundRecord<?> record : records()) {
            BoundRecord.State<?> next = pending.get(record);
            lines.addAll(new SettingLines("plugin " + plugin, record.fields())
                    .of(record.inForce().lines(), next == null ? null : next.lines()));
        }
        return lines;
    }

    /** The properties and variables that it reads. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        records().forEach(record -> names.addAll(PluginDocuments.names(plugin, record.fields())));
        return names;
    }
}
