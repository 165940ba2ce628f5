package dev.homeostat.host.steering;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.config.ReconcilerEntry;
import dev.homeostat.host.config.ReconcilerOption;
import dev.homeostat.host.view.OptionView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reconciler: what its plugin declares, what is said over that, and the sum in force. Guarded by the lock of {@link ReconcilerSteering}. */
final class Steered {
    private static final Logger LOG = LoggerFactory.getLogger(Steered.class);

    private final String name;
    private final Set<String> pausedRows;
    private Options declared;
    private ReconcilerEntry said;
    private Options inForce;
    private @Nullable Reconciler<?> reconciler;

    /** @param pausedRows keys of rows as text that are to be paused from the start */
    Steered(String name, Options declared, ReconcilerEntry said, Map<String, Instant> pausedRows) {
        this.name = name;
        this.pausedRows = Set.copyOf(pausedRows.keySet());
        this.declared = declared;
        this.said = said;
        this.inForce = sum(said, declared);
    }

    String name() {
        return name;
    }

    /** With rows to be paused, nothing may begin before they are. */
    Options toStartWith() {
        return pausedRows.isEmpty() ? inForce : inForce.mode(Mode.PAUSED);
    }

    void started(Reconciler<?> running) {
        reconciler = running;
        pausedRows.forEach(this::pause);
        if (!running.options().equals(inForce)) {
            handOver(running);
        }
    }

    /** One that has stopped, with its plugin or since its table was removed, takes no options; it begins with them when it is started again. */
    private void handOver(Reconciler<?> running) {
        try {
            running.options(inForce);
        } catch (IllegalStateException e) {
            LOG.debug("reconciler {}: {}", name, e.getMessage());
        }
    }

    /** Pauses a row. A key that the table cannot read any more, because its type is another now, is nobody's row. */
    void pause(String key) {
        if (reconciler != null) {
            try {
                reconciler.pause(reconciler.table().spec().parseKey(key));
            } catch (IllegalArgumentException e) {
                LOG.atWarn()
                        .addKeyValue("reconciler", name)
                        .log(
                                "reconciler {}: the row \"{}\" that was paused by command cannot be: {}",
                                name,
                                key,
                                e.getMessage());
            }
        }
    }

    /** Says whether it was paused. */
    boolean resume(String key) {
        try {
            return reconciler != null
                    && reconciler.resume(reconciler.table().spec().parseKey(key));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether that could be said over what is declared; throws if not. */
    void check(ReconcilerEntry entry) {
        sum(entry, declared);
    }

    /** Follows what is said now, and logs what that changes. */
    void follow(ReconcilerEntry entry) {
        put(entry, declared);
    }

    void declare(Options options) {
        put(said, ReconcilerEntry.difference(inForce, options, "plugin").apply(declared));
    }

    private void put(ReconcilerEntry entry, Options base) {
        Options before = inForce;
        inForce = sum(entry, base);
        said = entry;
        declared = base;
        if (inForce.equals(before)) {
            return;
        }
        if (reconciler != null) {
            handOver(reconciler);
        }
        for (ReconcilerOption option : ReconcilerOption.values()) {
            String old = option.text(before);
            String now = option.text(inForce);
            if (!now.equals(old)) {
                LOG.atInfo()
                        .addKeyValue("reconciler", name)
                        .log("reconciler {}: {} {} -> {} (from {})", name, option.key(), old, now, from(option));
            }
        }
    }

    /** Logs what another configuration says and does not come to pass, because a command said something else. */
    void logMasked(ReconcilerEntry before, ReconcilerEntry now, ReconcilerEntry commanded) {
        for (ReconcilerOption option : commanded.options()) {
            if (!now.saysTheSame(option, before)) {
                LOG.atInfo()
                        .addKeyValue("reconciler", name)
                        .log(
                                "reconciler {}: {} stays {} (from {}), whatever the configuration says now, until"
                                        + " \"homeostat reconcilers options {} --reset {}\"",
                                name,
                                option.key(),
                                option.text(inForce),
                                from(option),
                                name,
                                option.key());
            }
        }
    }

    List<OptionView> view() {
        return Arrays.stream(ReconcilerOption.values())
                .map(option -> new OptionView(option.key(), option.text(inForce), from(option), option.description()))
                .toList();
    }

    private String from(ReconcilerOption option) {
        if (said.options().contains(option)) {
            return said.place(option).toString();
        }
        return option.text(declared).equals(option.text(Options.defaults())) ? "default" : "plugin";
    }

    private Options sum(ReconcilerEntry entry, Options base) {
        try {
            return entry.apply(base);
        } catch (DocumentException e) {
            throw new DocumentException(e.problems().stream()
                    .map(problem -> new Problem(problem.place(), "reconciler " + name + ": " + problem.message()))
                    .toList());
        }
    }
}
