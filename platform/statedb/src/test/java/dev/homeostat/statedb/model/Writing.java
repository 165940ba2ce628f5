package dev.homeostat.statedb.model;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.WriteTxn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An open write transaction: what it began with, and what its tables should be if it commits. */
final class Writing {
    private enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private final WriteTxn txn;
    private final World base;
    private final Map<Life, ModelTable> next = new LinkedHashMap<>();
    private State state = State.OPEN;

    Writing(WriteTxn txn, Map<Life, ModelTable> models, List<Life> locked) {
        this.txn = txn;
        this.base = new World(txn, models);
        for (Life life : locked) {
            next.put(life, requireNonNull(models.get(life)).copy());
        }
    }

    WriteTxn txn() {
        return txn;
    }

    /** What the tables that it has not locked look like in it, and what change iterators are shown. */
    World base() {
        return base;
    }

    /** The tables that it has locked. */
    List<Life> locked() {
        return List.copyOf(next.keySet());
    }

    boolean locks(Life life) {
        return next.containsKey(life);
    }

    /** What its tables should be, own writes included. */
    Map<Life, ModelTable> next() {
        return next;
    }

    /** What any table looks like in it; null when the table did not exist at its beginning. */
    World view() {
        Map<Life, ModelTable> view = new LinkedHashMap<>(base.models());
        next.forEach((life, model) -> view.put(life, model.copy()));
        return new World(txn, view);
    }

    boolean open() {
        return state == State.OPEN;
    }

    boolean aborted() {
        return state == State.ABORTED;
    }

    void markCommitted() {
        state = State.COMMITTED;
    }

    void markAborted() {
        state = State.ABORTED;
    }
}
