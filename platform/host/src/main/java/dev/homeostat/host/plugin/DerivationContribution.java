package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.host.handover.Carried;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A derivation of a plugin. Its function runs with the plugin's name in the log; what fails is a line of health. */
final class DerivationContribution<I, O> implements Contribution {
    private final String plugin;
    private final String thing;
    private final DerivationHandle<I, O> handle;
    private final ReadHandle<I> in;
    private final TableContribution<O> out;
    private final HostServices services;
    private final PluginThread around;
    private volatile @Nullable Function<? super I, ? extends Collection<? extends O>> function;
    private volatile @Nullable Derivation<I, O> running;

    DerivationContribution(
            String plugin,
            String thing,
            DerivationHandle<I, O> handle,
            ReadHandle<I> in,
            TableContribution<O> out,
            Function<? super I, ? extends Collection<? extends O>> function,
            HostServices services,
            PluginThread around) {
        this.plugin = plugin;
        this.thing = thing;
        this.handle = handle;
        this.in = in;
        this.out = out;
        this.function = function;
        this.services = services;
        this.around = around;
    }

    @Override
    public Kind kind() {
        return Kind.OTHER;
    }

    @Override
    public String thing() {
        return thing;
    }

    @Override
    public void start(Carried carried) {
        RWTable<O> derived = out.table();
        Function<? super I, ? extends Collection<? extends O>> given = function;
        if (derived == null || given == null) {
            throw new IllegalStateException(out.thing() + " is gone");
        }
        Derivation<I, O> started = Derivation.start(
                services.database(),
                new PluginScheduler(services.scheduler(), around, null),
                in.engine(),
                derived,
                given,
                this::show);
        running = started;
        handle.attach(started);
        show(started);
    }

    @Override
    public void stop(Deadline deadline, Carried carried) {
        Derivation<I, O> stopping = running;
        running = null;
        function = null;
        if (stopping != null) {
            stopping.close();
        }
        handle.detach();
        synchronized (this) { // after this, a look that still ends writes no line
            services.health().remove(plugin, thing);
        }
    }

    /** Writes the line as of now: whoever comes last writes the newest. */
    private synchronized void show(Derivation<I, O> derivation) {
        if (running == null) {
            return;
        }
        switch (derivation.state()) {
            case FOLLOWING -> {
                boolean ok = derivation.failures().isEmpty();
                services.health().set(plugin, thing, ok, ok ? conflicts(derivation) : failures(derivation));
            }
            case HELD_UP -> services.health().set(plugin, thing, false, "is held up: " + derivation.reason());
            case ENDED -> services.health().set(plugin, thing, false, "has ended: " + derivation.reason());
            case CLOSED -> services.health().set(plugin, thing, true, "was closed");
        }
    }

    private static String failures(Derivation<?, ?> derivation) {
        Derivation.Failure first = derivation.failures().getFirst();
        return derivation.failures().size() + " rows fail, the first is " + text(derivation.in(), first.row()) + ": "
                + first.reason();
    }

    private static String conflicts(Derivation<?, ?> derivation) {
        if (derivation.conflicts().isEmpty()) {
            return "follows";
        }
        Derivation.Conflict first = derivation.conflicts().getFirst();
        return "follows; " + derivation.conflicts().size() + " rows are given in different forms, the first is "
                + text(derivation.out(), first.derived());
    }

    private static String text(Table<?> table, Key key) {
        return table.spec().formatKey(key);
    }
}
