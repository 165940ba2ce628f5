package dev.homeostat.host.config;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up a configuration that was changed while the host runs: the options of reconcilers at once, of the rest it says that it needs a restart. A
 * configuration in which anything is wrong changes nothing. Used by one thread at a time.
 */
public final class ConfigReload implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigReload.class);

    private final Supplier<ConfigLoader.Loaded> load;
    private final ConfigLoader.Loaded atStart;
    private final Consumer<ReconcilerOverrides> reconcilers;
    private final ConfigurationHealth health;
    private boolean hadFile;
    private List<Problem> needingRestart = List.of();

    /**
     * For a host that was started with this.
     *
     * @param load reads the configuration as it is now
     * @param reconcilers takes up what it says of reconcilers, or throws a {@link DocumentException} and changes nothing
     */
    public ConfigReload(
            Supplier<ConfigLoader.Loaded> load,
            ConfigLoader.Loaded atStart,
            Consumer<ReconcilerOverrides> reconcilers,
            ConfigurationHealth health) {
        this.load = load;
        this.atStart = atStart;
        this.reconcilers = reconcilers;
        this.health = health;
        this.hadFile = atStart.hasFile();
    }

    @Override
    public void run() {
        try {
            reload();
        } catch (DocumentException e) {
            health.rejected(e.problems());
        }
    }

    private void reload() {
        ConfigLoader.Loaded loaded = load.get();
        // At a start, no file means defaults; a file that goes while the host runs is rather a mistake, or between two
        // steps of an editor.
        if (hadFile && !loaded.hasFile()) {
            throw new DocumentException(
                    new Place(ConfigLoader.FILE, 0), "the file is gone; a restart would begin with the defaults");
        }
        hadFile = loaded.hasFile();
        reconcilers.accept(loaded.overrides());
        List<Problem> waiting = atStart.needingRestart(loaded);
        if (!waiting.equals(needingRestart)) {
            waiting.forEach(one -> LOG.info("{}, which needs a restart", one));
            needingRestart = waiting;
        }
        health.accepted(loaded.overrides(), waiting);
    }
}
