package dev.homeostat.host.plugin;

import dev.homeostat.host.deploy.FoundJar;
import dev.homeostat.host.plugin.PluginEntry.Refusal;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what lies in the plugin directories with the list of plugins, reads what is new, and says what is to be done. Used by the lifecycle thread only.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final PluginEntries entries;
    private final CodeLoader code;
    private final PluginSettings settings;

    /**
     * What is to be done.
     *
     * @param gone those whose jar is not there any more
     * @param changed those that are loaded and have another jar now
     * @param appeared those that can be started, if all that they need is there
     */
    record Work(Set<PluginEntry> gone, List<Change> changed, List<PluginEntry> appeared) {}

    Intake(PluginEntries entries, CodeLoader code, PluginSettings settings) {
        this.entries = entries;
        this.code = code;
        this.settings = settings;
    }

    /** Reads what is new among the jars that are there. */
    Work compare(List<FoundJar> found) {
        Work work = new Work(new LinkedHashSet<>(), new ArrayList<>(), new ArrayList<>());
        Map<Path, PluginEntry> known = new LinkedHashMap<>();
        entries.all().forEach(entry -> known.put(entry.file().path(), entry));
        List<ReadJar> fresh = new ArrayList<>();
        entries.retainUnloaded(found);
        for (FoundJar file : found) {
            PluginEntry entry = known.remove(file.path());
            if (entry == null) {
                if (!entries.isUnloaded(file)) {
                    fresh.add(read(file));
                }
            } else if (!entry.file().equals(file)) {
                overwritten(entry, file, work, fresh);
            }
        }
        work.gone().addAll(known.values());
        twins(work.gone(), fresh);
        fresh.forEach(jar -> place(jar, work));
        return work;
    }

    /** Reads what is in a jar. */
    ReadJar read(FoundJar file) {
        if (!file.problem().isEmpty()) {
            LOG.atWarn().addKeyValue("jar", file.shown()).log("plugin jar {}: {}", file.shown(), file.problem());
            return new ReadJar(file, null, file.problem());
        }
        PluginDescriptor descriptor = null;
        try {
            descriptor = code.describe(file.path());
            code.verify(descriptor);
            return new ReadJar(file, descriptor, "");
        } catch (RuntimeException | Error e) { // whatever it is, it is this jar's end and not the host's
            LOG.atWarn()
                    .addKeyValue("jar", file.shown())
                    .log(
                            "plugin jar {}: {}",
                            file.shown(),
                            Reasons.of(e),
                            e instanceof PluginRefusedException ? null : e);
            return new ReadJar(file, descriptor, Reasons.of(e));
        }
    }

    /** Another file lies where a plugin's jar lay. */
    private void overwritten(PluginEntry entry, FoundJar file, Work work, List<ReadJar> fresh) {
        if (entry.runs(file)) {
            boolean refused = entry.refusal() != null;
            entry.install(entry.jar().at(file));
            if (refused) {
                entries.changed(entry);
            }
            return;
        }
        ReadJar jar = read(file);
        boolean unknown = jar.id().isEmpty();
        if (entry.isLoaded() && (unknown || jar.id().equals(Optional.of(entry.id())))) {
            change(entry, jar, work);
        } else {
            if (entry.id().equals(jar.file().fileName())) {
                entries.remove(entry); // its name is free again, for the same file
            } else {
                work.gone().add(entry);
            }
            fresh.add(jar);
        }
    }

    /** What can be started now that a jar, which was there all the time, counts again. */
    List<PluginEntry> again(FoundJar file) {
        Work work = new Work(new LinkedHashSet<>(), new ArrayList<>(), new ArrayList<>());
        place(read(file), work);
        return work.appeared();
    }

    /** What can be started now that an id may be free. */
    List<PluginEntry> freed() {
        Work work = new Work(new LinkedHashSet<>(), new ArrayList<>(), new ArrayList<>());
        List<ReadJar> fresh = new ArrayList<>();
        twins(work.gone(), fresh);
        fresh.forEach(jar -> place(jar, work));
        return work.appeared();
    }

    /** Those that waited for another jar of their id to go are new when it does, and when nobody takes its place. */
    private void twins(Set<PluginEntry> gone, List<ReadJar> fresh) {
        List<ReadJar> waiting = new ArrayList<>();
        for (PluginEntry twin : entries.all()) {
            if (twin.hold() == Hold.TWIN
                    && !gone.contains(twin)
                    && !isTaken(twin.descriptor().id(), gone, fresh)) {
                waiting.add(twin.jar());
                entries.remove(twin);
            }
        }
        fresh.addAll(0, waiting);
    }

    private boolean isTaken(String id, Set<PluginEntry> gone, List<ReadJar> fresh) {
        return entries.find(id).filter(entry -> !gone.contains(entry)).isPresent()
                || fresh.stream().anyMatch(jar -> jar.id().equals(Optional.of(id)));
    }

    private void place(ReadJar jar, Work work) {
        Optional<PluginEntry> other = jar.id().flatMap(entries::find);
        if (other.isEmpty()) {
            appear(entries.add(jar), work);
        } else if (work.gone().remove(other.get())) {
            succeed(other.get(), jar, work);
        } else {
            String taken = "plugin id \"" + other.get().id() + "\" is taken by "
                    + other.get().file().shown() + ": remove one of the two";
            LOG.atWarn()
                    .addKeyValue("jar", jar.file().shown())
                    .log("plugin jar {}: {}", jar.file().shown(), taken);
            entries.come(entries.add(jar), State.FAILED, taken, Hold.TWIN);
        }
    }

    /** The plugin of a jar that went, or was overwritten, is in this one now. */
    private void succeed(PluginEntry entry, ReadJar jar, Work work) {
        if (entry.runs(jar.file())) {
            entry.install(entry.jar().at(jar.file()));
            entries.changed(entry);
        } else if (entry.isLoaded()) {
            change(entry, jar, work);
        } else {
            entry.install(jar);
            entries.changed(entry);
            if (entry.hold() != Hold.COMMAND) {
                appear(entry, work);
            }
        }
    }

    private void change(PluginEntry entry, ReadJar jar, Work work) {
        if (jar.problem().isEmpty()) {
            work.changed().add(new Change(entry, jar, jar.file().path()));
        } else {
            entry.refuse(new Refusal(jar, jar.problem(), Hold.MENDING));
            entries.changed(entry);
        }
    }

    private void appear(PluginEntry entry, Work work) {
        if (!entry.jar().problem().isEmpty()) {
            entries.come(entry, State.FAILED, entry.jar().problem(), Hold.MENDING);
        } else if (settings.safeMode()) {
            entries.come(entry, State.STOPPED, "safe mode starts no plugin", Hold.CONFIGURATION);
        } else if (settings.disabled().contains(entry.id())) {
            entries.come(entry, State.STOPPED, "disabled in the configuration (plugins.disabled)", Hold.CONFIGURATION);
        } else {
            work.appeared().add(entry);
        }
    }
}
