package dev.homeostat.statedb.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A part of a persistent tree that can be watched: a node, a row, a posting, a vector, a table's initializers. And with it the story of a watch: when does
 * it close, and who wakes whom?
 *
 * <h2>Where a watch sits</h2>
 *
 * In the smallest part of the trees that every commit which changes the answer has to replace. Say a table has the rows {@code store}, {@code web} and
 * {@code west}:
 *
 * <pre>
 *  table ─┬─ primary index ── node "" ─┬─ row store
 *         │                     ▲      └─ node "we" ─┬─ row web  ◄─── get("web"), insertWatch
 *         │                     │             ▲      └─ row west
 *         │                     │             └─── get("wex"), which is not there; prefix("w"), prefix("web")
 *         │                     └─── get("zebra"), which is not there; prefix("")
 *         ├─ byRevision  ◄─── all, range, lowerBound, byRevision, the changes of a change iterator
 *         └─ initializers  ◄─── initializedWatch
 * </pre>
 *
 * <ul>
 *   <li>A key that is there: in its leaf. In the primary index that is the row; in a secondary one the posting, which all rows with that key share.
 *   <li>A key that is not there, a prefix: in the node below which every such key would be. Any change below a node copies it, so the watch closes with the
 *       first row that comes; also with a near neighbour, such as {@code west} for {@code prefix("web")}.
 *   <li>A longest match: in the node of the match, below which every longer one would be.
 *   <li>A range may begin and end anywhere: it watches the table, in the vector of its revisions, which every change of the table replaces.
 * </ul>
 *
 * <h2>When it closes</h2>
 *
 * Once, when a commit that replaced that part has been published; never for a commit that left the part alone, and never before readers can see the new
 * state. Removing the table closes everything in it. A watch from a write transaction also closes when that aborts ({@link EitherWatch}). One that is asked
 * for on a snapshot whose answer is stale already comes closed.
 *
 * <h2>Who wakes whom</h2>
 *
 * The thread that commits. It stores the new root; then it closes the parts that it replaced, one after the other, in the order in which it replaced them;
 * then it gives the tables' locks back. Closing a part closes its token, and a token calls its listeners ({@link WatchToken}): a thread in {@code await} is
 * a listener that unparks it, a {@code WatchSet} one that notes a name, a {@code CompletionStage} one that completes it. So whoever wakes finds the new
 * root, and whoever listens holds up the commit.
 *
 * <h2>Why none is lost</h2>
 *
 * The one field {@code token} is null while nobody watches, a token once somebody did, and {@link WatchToken#CLOSED} for ever after the part was replaced.
 * Readers change it from null to a token by compare-and-set, a commit from anything to closed by an atomic swap, whether anybody watches or not. Whichever
 * comes first:
 *
 * <pre>
 *  reader: null → token     then commit: swaps it out and closes it       the reader wakes
 *  commit: null → CLOSED    then reader: finds CLOSED                     the reader's watch comes closed
 * </pre>
 *
 * A reader that took its snapshot before the commit and asks for the watch after it reaches the old part, which is marked. One that took it after the
 * commit reaches the new part, and has the new answer. There is no third way. The reader's rule follows: take the watch from the very snapshot that gave
 * the answer, wait, take a new snapshot, look again.
 *
 * <h2>What it costs</h2>
 *
 * A part that nobody watches: the field, and one swap when it is replaced. A watched one: a token, shared by all who watch that part. Holding a watch pins
 * nothing: the part points to the token, and the token not back.
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
