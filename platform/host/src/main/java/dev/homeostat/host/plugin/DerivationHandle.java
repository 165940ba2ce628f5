package dev.homeostat.host.plugin;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.flow.Derivation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A derivation that a plugin contributed. */
final class DerivationHandle<I, O> implements Derivation<I, O> {
    private final Leash leash;
    private final String thing;
    private final Table<I> in;
    private final RWTable<O> out;
    private volatile @Nullable Derivation<I, O> engine;

    /** @param thing what a person calls it */
    DerivationHandle(Leash leash, String thing, Table<I> in, RWTable<O> out) {
        this.leash = leash;
        this.thing = thing;
        this.in = in;
        this.out = out;
    }

    void attach(Derivation<I, O> derivation) {
        engine = derivation;
    }

    void detach() {
        engine = null;
    }

    @Override
    public Table<I> in() {
        return in;
    }

    @Override
    public Table<O> out() {
        return out;
    }

    @Override
    public State state() {
        return engine().state();
    }

    @Override
    public String reason() {
        return engine().reason();
    }

    @Override
    public List<Failure> failures() {
        return engine().failures();
    }

    @Override
    public List<Conflict> conflicts() {
        return engine().conflicts();
    }

    @Override
    public void close() {
        engine().close();
    }

    @Override
    public String toString() {
        return thing + " of plugin \"" + leash.plugin() + "\"";
    }

    private Derivation<I, O> engine() {
        Derivation<I, O> current = engine;
        if (current == null) {
            leash.checkActive(thing);
            throw leash.gone(thing);
        }
        return current;
    }
}
