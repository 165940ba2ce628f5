package dev.homeostat.host.steering;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.config.ReconcilerEntry;
import dev.homeostat.host.config.ReconcilerOption;
import dev.homeostat.host.config.ReconcilerOverrides;
import dev.homeostat.host.plugin.OptionsOverrides;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.OptionView;
import dev.homeostat.host.view.Steering;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See the package. One lock guards all of it; it is held while options are put into a running reconciler, which calls nobody back. */
public final class ReconcilerSteering implements Steering, OptionsOverrides {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcilerSteering.class);

    private final DocumentReader documents;
    private final InstantSource clock;
    private final Commands commands; // guarded by this, as all below
    private final Map<String, Steered> running = new TreeMap<>();
    private ReconcilerOverrides configured;

    /**
     * Begins with a configuration, and with the modes and pauses that were kept.
     *
     * @param documents reads the values that a command gives
     * @throws DocumentException if what was kept cannot be read
     */
    public ReconcilerSteering(
            ReconcilerOverrides configured, KeptFile file, DocumentReader documents, InstantSource clock) {
        this.configured = configured;
        this.commands = Commands.read(file);
        this.documents = documents;
        this.clock = clock;
    }

    @Override
    public synchronized Charge take(String reconciler, Options declared) {
        Commanded commanded = commands.of(reconciler);
        Steered steered = new Steered(reconciler, declared, said(configured, reconciler), commanded.pausedRows());
        running.put(reconciler, steered);
        return new Owned(steered);
    }

    /**
     * Takes up another configuration.
     *
     * @throws DocumentException if it does not go together with what a running reconciler declares; nothing is changed then
     */
    public synchronized void configure(ReconcilerOverrides overrides) {
        List<Problem> problems = new ArrayList<>();
        Map<Steered, ReconcilerEntry> changes = new HashMap<>();
        running.forEach((name, steered) -> {
            ReconcilerEntry said = said(overrides, name);
            try {
                steered.check(said);
                changes.put(steered, said);
            } catch (DocumentException e) {
                problems.addAll(e.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
        ReconcilerOverrides before = configured;
        configured = overrides;
        running.forEach((name, steered) -> steered.logMasked(
                before.of(name), overrides.of(name), commands.of(name).said()));
        changes.forEach(Steered::follow);
    }

    @Override
    public synchronized List<OptionView> options(String reconciler) {
        Steered steered = running.get(reconciler);
        return steered == null ? List.of() : steered.view();
    }

    @Override
    public synchronized void set(String reconciler, Map<String, String> values) {
        command(reconciler, with(commands.of(reconciler), values));
    }

    @Override
    public synchronized void reset(String reconciler, Set<String> options) {
        command(reconciler, without(commands.of(reconciler), options));
    }

    @Override
    public synchronized void resetAndSet(String reconciler, Set<String> options, Map<String, String> values) {
        command(reconciler, with(without(commands.of(reconciler), options), values));
    }

    private Commanded with(Commanded before, Map<String, String> values) {
        Instant now = clock.instant();
        return before.with(ReconcilerEntry.parse(values, Commanded.origin(now), documents), now);
    }

    private static Commanded without(Commanded before, Set<String> options) {
        Set<ReconcilerOption> set = before.said().options();
        Set<ReconcilerOption> taken =
                options.stream().map(ReconcilerSteering::option).collect(Collectors.toSet());
        for (ReconcilerOption option : taken) {
            if (!set.contains(option)) {
                throw new IllegalArgumentException(
                        option.key() + ": no command has set it, so there is nothing to take back");
            }
        }
        return before.without(taken.isEmpty() ? set : taken);
    }

    private static ReconcilerOption option(String key) {
        List<String> keys = Arrays.stream(ReconcilerOption.values())
                .map(ReconcilerOption::key)
                .toList();
        return Arrays.stream(ReconcilerOption.values())
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown option \"" + key + "\"; "
                        + Nearest.hint(key, keys) + "there are " + String.join(", ", keys)));
    }

    @Override
    public synchronized boolean pause(String reconciler) {
        Commanded before = commands.of(reconciler);
        if (before.pausedSince() != null) {
            return false;
        }
        command(reconciler, before.paused(clock.instant()));
        return true;
    }

    @Override
    public synchronized boolean resume(String reconciler) {
        Commanded before = commands.of(reconciler);
        if (before.pausedSince() == null) {
            return false;
        }
        command(reconciler, before.paused(null));
        return true;
    }

    @Override
    public synchronized boolean pause(String reconciler, String key) {
        Commanded before = commands.of(reconciler);
        boolean fresh = !before.pausedRows().containsKey(key);
        commands.put(reconciler, before.withRow(key, clock.instant()));
        Steered steered = running.get(reconciler);
        if (steered != null) {
            steered.pause(key);
        }
        if (fresh) {
            LOG.atInfo()
                    .addKeyValue("reconciler", reconciler)
                    .log("reconciler {}: row \"{}\" was paused", reconciler, key);
        }
        return fresh;
    }

    @Override
    public synchronized boolean resume(String reconciler, String key) {
        Commanded before = commands.of(reconciler);
        boolean known = before.pausedRows().containsKey(key);
        commands.put(reconciler, before.withoutRow(key));
        Steered steered = running.get(reconciler);
        boolean ended = (steered != null && steered.resume(key)) || known;
        if (ended) {
            LOG.atInfo()
                    .addKeyValue("reconciler", reconciler)
                    .log("reconciler {}: row \"{}\" was resumed", reconciler, key);
        }
        return ended;
    }

    @Override
    public synchronized Map<String, Instant> pausedRows(String reconciler) {
        return commands.of(reconciler).pausedRows();
    }

    @Override
    public synchronized Map<String, String> waiting() {
        return commands.waiting(running.keySet());
    }

    private void command(String reconciler, Commanded commanded) {
        Steered steered = running.get(reconciler);
        ReconcilerEntry said = commanded.said().over(configured.of(reconciler));
        if (steered != null) {
            steered.check(said);
        }
        commands.put(reconciler, commanded);
        if (steered != null) {
            steered.follow(said);
        }
    }

    private ReconcilerEntry said(ReconcilerOverrides configuration, String reconciler) {
        return commands.of(reconciler).said().over(configuration.of(reconciler));
    }

    /** A reconciler as its contribution sees it. */
    private final class Owned implements Charge {
        private final Steered steered;

        Owned(Steered steered) {
            this.steered = steered;
        }

        @Override
        public Options options() {
            synchronized (ReconcilerSteering.this) {
                return steered.toStartWith();
            }
        }

        @Override
        public void started(Reconciler<?> reconciler) {
            synchronized (ReconcilerSteering.this) {
                steered.started(reconciler);
            }
        }

        @Override
        public void declare(Options options) {
            synchronized (ReconcilerSteering.this) {
                steered.declare(options);
            }
        }

        @Override
        public void release() {
            synchronized (ReconcilerSteering.this) {
                @Nullable Steered last = running.get(steered.name());
                if (steered.equals(last)) {
                    running.remove(steered.name());
                }
            }
        }
    }
}
