package dev.homeostat.statedb.model;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.watch.WatchToken;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults that a table might have, each between the table and the test: the model test must find every one of them. */
@SuppressWarnings("unchecked") // arguments and results are those of the method that is meant
enum Planted {
    /** Every seventh replacement answers as if it were done. */
    LOST_REPLACEMENT("replace", (table, call) -> {
        Row<Item> stored = table.get(call.txn(), table.spec().lookup(key(table, call.item())));
        return stored != null && stored.revision() % 7 == 0 ? stored : call.proceed();
    }),
    /** A lookup finds what is to be deleted, and leaves it. */
    DELETE_BY_LOOKUP_IGNORED(
            "delete",
            (table, call) -> call.argument(1) instanceof Query<?> lookup
                    ? table.get(call.txn(), (Query<Item>) lookup)
                    : call.proceed()),
    /** The revision is not looked at. */
    SWAP_WITHOUT_COMPARING("compareAndSwap", (table, call) -> {
        table.insert(call.writeTxn(), (Item) call.argument(2));
        return true;
    }),
    /** An equal row takes a revision. */
    APPLY_OF_EQUAL_ROWS("apply", (table, call) -> table.insert(call.writeTxn(), call.item())),
    /** A refused row takes the other one with it. */
    REFUSAL_LEAVES_A_TRACE("insert", (table, call) -> {
        try {
            return call.proceed();
        } catch (UniqueViolationException e) {
            Row<Item> any = table.all(call.txn()).first();
            if (any != null) {
                table.delete(call.writeTxn(), any.value());
            }
            throw e;
        }
    }),
    /** The last row under a prefix is missing. */
    PREFIX_LACKS_ITS_LAST("list", (table, call) -> {
        Rows<Item> rows = (Rows<Item>) call.result();
        Query<Item> query = (Query<Item>) call.argument(1);
        return query.kind() == Query.Kind.PREFIX && rows.count() > 2 ? new Shortened(rows) : rows;
    }),
    /** An old snapshot shows what is new. */
    SNAPSHOT_DRIFTS(
            "byRevision",
            (table, call) -> call.txn() instanceof WriteTxn
                    ? call.proceed()
                    : table.byRevision(call.txn().database().readTxn(), (Long) call.argument(1))),
    /** Nobody is woken who watches a prefix. */
    WATCH_NEVER_CLOSES(
            "watch",
            (table, call) ->
                    ((Query<Item>) call.argument(1)).kind() == Query.Kind.PREFIX ? new WatchToken() : call.proceed()),
    /** Everybody is woken who watches a row, whatever happens to the table. */
    WATCH_CLOSES_TOO_OFTEN("watch", (table, call) -> table.all(call.txn()).watch()),
    /** The watch that a write transaction gives outlives its abort. */
    WATCH_SURVIVES_THE_ABORT(
            "initializedWatch",
            (table, call) -> call.txn() instanceof WriteTxn && !table.initialized(call.txn())
                    ? new WatchToken()
                    : call.proceed()),
    /** Who follows misses the deletes. */
    CHANGES_WITHOUT_DELETES("changes", (table, call) -> new WithoutDeletes((ChangeIterator<Item>) call.result())),
    /** One condition less than there are is enough. */
    INITIALIZED_TOO_EARLY(
            "initialized",
            (table, call) -> table.pendingInitializers(call.txn()).size() <= 1),
    /** The count of rows is one behind. */
    COUNT_IS_WRONG("count", (table, call) -> Math.min(9, (long) call.result()));

    private final String method;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    private final Fault fault;

    Planted(String method, Fault fault) {
        this.method = method;
        this.fault = fault;
    }

    /** The table with this fault. */
    RWTable<Item> in(RWTable<Item> table) {
        return (RWTable<Item>) Proxy.newProxyInstance(
                Planted.class.getClassLoader(), new Class<?>[] {RWTable.class}, (proxy, called, arguments) -> {
                    @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
                    Call call = new Call(given, () -> {
                        try {
                            return called.invoke(table, given);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() == null ? e : e.getCause();
                        }
                    });
                    return called.getName().equals(method) ? fault.answer(table, call) : call.proceed();
                });
    }

    private static Key key(RWTable<Item> table, Item item) {
        return ModelTable.keys(table.spec().primary(), item).getFirst();
    }

    private interface Fault {
        @Nullable
        Object answer(RWTable<Item> table, Call call) throws Throwable;
    }

    private interface Proceeding {
        @Nullable
        Object proceed() throws Throwable;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Call(@Nullable Object[] arguments, Proceeding proceeding) {
        @Nullable
        Object proceed() throws Throwable {
            return proceeding.proceed();
        }

        /** The result, where it is never null. */
        Object result() throws Throwable {
            return requireNonNull(proceed());
        }

        Object argument(int place) {
            return requireNonNull(arguments[place]);
        }

        ReadTxn txn() {
            return (ReadTxn) argument(0);
        }

        WriteTxn writeTxn() {
            return (WriteTxn) txn();
        }

        Item item() {
            return (Item) argument(1);
        }
    }

    private record Shortened(Rows<Item> all) implements Rows<Item> {
        @Override
        public Iterator<Row<Item>> iterator() {
            List<Row<Item>> rows = all.stream().toList();
            return rows.subList(0, rows.size() - 1).iterator();
        }

        @Override
        public long count() {
            return all.count() - 1;
        }

        @Override
        public Watch watch() {
            return all.watch();
        }
    }

    private record WithoutDeletes(ChangeIterator<Item> changes) implements ChangeIterator<Item> {
        @Override
        public Changes<Item> next(ReadTxn txn) {
            Changes<Item> all = changes.next(txn);
            return new Changes<>() {
                @Override
                public Iterator<Change<Item>> iterator() {
                    List<Change<Item>> some = new ArrayList<>();
                    all.forEach(change -> {
                        if (change instanceof Change.Update) {
                            some.add(change);
                        }
                    });
                    return some.iterator();
                }

                @Override
                public Watch watch() {
                    return all.watch();
                }
            };
        }

        @Override
        public long revision() {
            return changes.revision();
        }

        @Override
        public long deletesAhead(ReadTxn txn) {
            return changes.deletesAhead(txn);
        }

        @Override
        public void close() {
            changes.close();
        }
    }
}
