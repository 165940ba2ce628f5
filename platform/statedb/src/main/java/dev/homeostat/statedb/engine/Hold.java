package dev.homeostat.statedb.engine;

import dev.homeostat.statedb.watch.WatchToken;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the locks of the tables know of the write transaction that has them: weakly the transaction itself, so that one that everybody forgot can be found, and
 * what is to be said of it then. Watches that the transaction gave out close through this, since they may outlive it.
 */
final class Hold extends WeakReference<WriteTransaction> {
    private final StoredTable<?>[] tables;
    private final @Nullable String label;
    private final @Nullable Throwable opened;
    private volatile Thread thread;
    private @Nullable WatchToken abort;
    private boolean aborted;
    private boolean told;

    /**
     * A hold that has no lock yet.
     *
     * @param opened where the transaction was opened, where that is remembered
     */
    Hold(
            WriteTransaction transaction,
            StoredTable<?>[] tables,
            @Nullable String label,
            @Nullable Throwable opened,
            Thread thread) {
        super(transaction);
        this.tables = tables;
        this.label = label;
        this.opened = opened;
        this.thread = thread;
    }

    /** What the transaction's writer calls it. */
    @Nullable
    String label() {
        return label;
    }

    /** The thread that used the transaction last. */
    Thread thread() {
        return thread;
    }

    void thread(Thread user) {
        thread = user;
    }

    /** Where the transaction was opened, where that is remembered. */
    @Nullable
    Throwable opened() {
        return opened;
    }

    /** Whether the transaction was forgotten without commit or abort, and the garbage collector has seen it. */
    boolean isDropped() {
        return refersTo(null);
    }

    /** Closes when the transaction is aborted, or found dropped: watches that it gave out end with it. */
    synchronized WatchToken abortToken() {
        if (aborted) {
            return WatchToken.CLOSED;
        }
        WatchToken token = abort;
        if (token == null) {
            token = new WatchToken();
            abort = token;
        }
        return token;
    }

    /** The transaction is aborted, or was found dropped. */
    void abort() {
        WatchToken token;
        synchronized (this) {
            aborted = true;
            token = abort;
        }
        if (token != null) {
            token.close();
        }
    }

    /** The names of the tables. */
    List<String> tables() {
        return Arrays.stream(tables).map(StoredTable::name).toList();
    }

    /** Takes it upon the caller to tell that the transaction was dropped: two may each have given back some of its locks.
     * Says whether nobody did before. */
    synchronized boolean claimTelling() {
        boolean first = !told;
        told = true;
        return first;
    }

    /** Gives back all locks that this still has; says whether there was one. */
    boolean releaseAll() {
        boolean any = false;
        for (int i = tables.length - 1; i >= 0; i--) {
            any |= tables[i].lock().unlock(this);
        }
        return any;
    }

    /** For messages: what the transaction was. */
    @Override
    public String toString() {
        return "write transaction " + (label == null ? "" : "\"" + label + "\" ") + "on "
                + tables().stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                + ", opened or last used by thread \"" + thread.getName() + "\"";
    }
}
