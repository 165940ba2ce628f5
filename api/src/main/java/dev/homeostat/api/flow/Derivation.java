package dev.homeostat.api.flow;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.stability.Experimental;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps a table computed from another: each row of the one gives none, one or many rows of the other, the <em>derived</em> table.
 *
 * <pre>{@code
 * RWTable<Word> words = db.create(Word.TABLE, Derivation.initializerFrom(memos));
 * Derivation<Memo, Word> derivation = Derivation.start(db, scheduler, memos, words, memo -> wordsOf(memo));
 * }</pre>
 *
 * In a plugin: {@link dev.homeostat.api.plugin.PluginContext#derive}.
 *
 * <h2>What it writes</h2>
 *
 * Only differences, and those of one look at the table in one transaction: rows are brought with {@link RWTable#apply}, so that one that asks for nothing new keeps its
 * revision, and what a row no longer gives is deleted. A look that finds nothing to write commits nothing.
 *
 * <p>The derived table belongs to the derivation. Rows that it finds there, of an earlier run or of anybody else, are matched with those that it derives, and left
 * alone at first. What nobody gives is deleted in the same transaction that completes the initializer (below), and never before: until then it may be the work of
 * a row that has not come yet. What somebody writes later is put right when a row that gives it changes, and at the next start.
 *
 * <h2>Two rows that give one key</h2>
 *
 * The row with the smallest key wins. When it goes, or gives that key no more, the next one takes over. Rows that give the same are at one, and no conflict: many memos
 * may give one tag. Others are logged, once each, and listed as {@link #conflicts}.
 *
 * <h2>Rows that fail</h2>
 *
 * When the function throws for a row, or the derived table refuses what a row gives (a unique key that another row has), then what that row gave before stays,
 * all others go on, and the failure is logged once and listed in {@link #failures}. A row whose function failed is tried again when it changes; one that was
 * refused, also whenever the derived table changes.
 *
 * <h2>Initialization</h2>
 *
 * The derived table is initialized by the work being done: its initializer is completed in the transaction that writes the last of the rows that the other table
 * had when it was initialized. As long as any row fails, it stays pending. So derivations can be chained, and nothing prunes by half a table.
 *
 * <h2>How it lives</h2>
 *
 * It runs on the given scheduler, has no thread of its own, and is kept alive by the tables that it follows until it is closed. When one of these is removed,
 * it ends by itself. Safe for all threads.
 *
 * @param <I> the rows that are followed
 * @param <O> the derived rows
 */
@Experimental
public interface Derivation<I, O> extends AutoCloseable {
    /** How a derivation is doing. */
    enum State {
        /** It follows. Single rows may fail. */
        FOLLOWING,
        /** The last look could not be written as a whole; it is tried again. */
        HELD_UP,
        /** It ended by itself: a table was removed, or the scheduler takes no more tasks. */
        ENDED,
        /** It was closed. */
        CLOSED
    }

    /**
     * A row that could not be derived.
     *
     * @param row the key of the followed row
     * @param reason what the function threw, or why the derived table refused
     */
    record Failure(Key row, String reason) {}

    /**
     * A derived row that several rows give, each in another form.
     *
     * @param derived the key of the derived row
     * @param winner the key of the followed row whose form is stored
     * @param others the keys of the other rows that give it, in their order
     */
    record Conflict(Key derived, Key winner, List<Key> others) {
        public Conflict {
            others = List.copyOf(others);
        }
    }

    /**
     * The name of the initializer of a table that is derived from that one: give it when the derived table is created. A table that still has another one pending
     * gets it at the start.
     */
    static String initializerFrom(Table<?> in) {
        return "derived from " + in.name();
    }

    /**
     * Begins to derive.
     *
     * @param scheduler runs the function and the writes
     * @param in the table to follow
     * @param out the table to write, of the same database
     * @param function gives the derived rows of a row; pure, and not null. It runs outside of all transactions
     * @throws IllegalStateException if {@code out} has no initializer of the {@linkplain #initializerFrom name}, and is initialized already: then nobody would know when it
     *     is complete
     */
    static <I, O> Derivation<I, O> start(
            Database database,
            Scheduler scheduler,
            Table<I> in,
            RWTable<O> out,
            Function<? super I, ? extends Collection<? extends O>> function) {
        return start(database, scheduler, in, out, function, derivation -> {});
    }

    /**
     * The same, with somebody who is told whenever the state, the failures or the conflicts are others than before: health, for example. It is told on threads of the
     * scheduler, or on the one that closes, by one at a time; what it throws is logged.
     */
    static <I, O> Derivation<I, O> start(
            Database database,
            Scheduler scheduler,
            Table<I> in,
            RWTable<O> out,
            Function<? super I, ? extends Collection<? extends O>> function,
            Consumer<? super Derivation<I, O>> listener) {
        return RunningDerivation.start(
                requireNonNull(database, "database"),
                requireNonNull(scheduler, "scheduler"),
                requireNonNull(in, "in"),
                requireNonNull(out, "out"),
                requireNonNull(function, "function"),
                requireNonNull(listener, "listener"));
    }

    /** The followed table. */
    Table<I> in();

    /** The derived table. */
    Table<O> out();

    /** How it is doing. */
    State state();

    /** Why it is held up, or ended by itself; else empty. */
    String reason();

    /** The rows that fail as of the last look, in the order of their keys. */
    List<Failure> failures();

    /** The derived rows that several rows give in different forms as of the last look, in the order of their keys. */
    List<Conflict> conflicts();

    /**
     * Ends it; nothing is written any more once this has returned. Derived rows stay, and an initializer that is pending stays so. A second call does nothing.
     */
    @Override
    void close();
}
