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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** See the package. One lock guards all of it; it is held while options are put into a running reconciler, which calls nobody back. */
public final class ReconcilerSteering implements Steering, OptionsOverrides {
    private final DocumentReader documents;
    private final InstantSource clock;
    private final Map<String, Steered> running = new TreeMap<>(); // guarded by this, as all below
    private final Map<String, ReconcilerEntry> commanded = new HashMap<>();
    private ReconcilerOverrides configured;

    /**
     * Begins with a configuration.
     *
     * @param documents reads the values that a command gives
     */
    public ReconcilerSteering(ReconcilerOverrides configured, DocumentReader documents, InstantSource clock) {
        this.configured = configured;
        this.documents = documents;
        this.clock = clock;
    }

    @Override
    public synchronized Charge take(String reconciler, Options declared) {
        Steered steered = new Steered(reconciler, declared, said(configured, reconciler));
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
        running.forEach((name, steered) -> steered.logMasked(before.of(name), overrides.of(name), commanded(name)));
        changes.forEach(Steered::follow);
    }

    @Override
    public synchronized List<OptionView> options(String reconciler) {
        Steered steered = running.get(reconciler);
        return steered == null ? List.of() : steered.view();
    }

    @Override
    public synchronized void set(String reconciler, Map<String, String> values) {
        String origin = "command at " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ReconcilerEntry given = ReconcilerEntry.parse(values, origin, documents);
        command(reconciler, given.over(commanded(reconciler)));
    }

    @Override
    public synchronized void reset(String reconciler, Set<String> options) {
        ReconcilerEntry given = commanded(reconciler);
        Set<ReconcilerOption> taken = EnumSet.noneOf(ReconcilerOption.class);
        for (String key : options) {
            ReconcilerOption option = option(key);
            if (!given.options().contains(option)) {
                throw new IllegalArgumentException(key + ": no command has set it, so there is nothing to take back");
            }
            taken.add(option);
        }
        command(reconciler, given.without(taken.isEmpty() ? given.options() : taken));
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

    private void command(String reconciler, ReconcilerEntry entry) {
        Steered steered = running.get(reconciler);
        if (steered != null) {
            ReconcilerEntry said = entry.over(configured.of(reconciler));
            steered.check(said);
            commanded.put(reconciler, entry);
            steered.follow(said);
        } else {
            commanded.put(reconciler, entry);
        }
    }

    private ReconcilerEntry commanded(String reconciler) {
        return commanded.getOrDefault(reconciler, ReconcilerEntry.NOTHING);
    }

    private ReconcilerEntry said(ReconcilerOverrides configuration, String reconciler) {
        return commanded(reconciler).over(configuration.of(reconciler));
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
                return steered.options();
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
