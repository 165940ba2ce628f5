package dev.homeostat.statedb.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A part of a persistent tree that can be watched: a node, a row, a list of postings.
 *
 * <p>One field says all: null while nobody watches, a token once somebody did, and {@link WatchToken#CLOSED} after this part was replaced by a commit.
 * So a part that nobody watches costs nothing, and a watch that is asked for late, on an old snapshot, comes closed.
 */
public abstract class Watched {
    private static final VarHandle TOKEN;

    static {
        try {
            TOKEN = MethodHandles.lookup().findVarHandle(Watched.class, "token", WatchToken.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // read and written by TOKEN
    private @Nullable WatchToken token;

    /** For subclasses. */
    protected Watched() {}

    /** The token of this part, made on first demand; a closed one when this part was replaced. */
    public final WatchToken watch() {
        WatchToken present = (WatchToken) TOKEN.getAcquire(this);
        if (present != null) {
            return present;
        }
        WatchToken fresh = new WatchToken();
        WatchToken witness = (WatchToken) TOKEN.compareAndExchange(this, (WatchToken) null, fresh);
        return witness == null ? fresh : witness;
    }

    /** Marks this part as replaced and wakes whoever watches it. Called after the new state is visible. */
    public final void close() {
        WatchToken present = (WatchToken) TOKEN.getAndSet(this, WatchToken.CLOSED);
        if (present != null) {
            present.close();
        }
    }
}
