package dev.homeostat.benchmarks;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a host does before it comes to the look-up that is measured: tables of several row types with all kinds of keys and indexes are written, searched,
 * iterated, watched and followed, until the compiler has seen every implementation at every call.
 */
final class Pollution {
    private static final int ROWS = 500;
    private static final int ROUNDS = 60;

    private Pollution() {}

    private record Host(String name, long group) {}

    private record Link(long from, String to) {}

    /** Does all that. */
    static void spread(Blackhole sink) {
        Index<Host, String> name = Index.unique("name", Keys.STRING, Host::name);
        LongIndex<Host> group = Index.nonUniqueLong("group", Host::group);
        use(
                TableSpec.of("hosts", Host.class, name).index(group),
                id -> new Host("host-" + id, id % 10),
                host -> List.of(name.query(host.name()), group.query(host.group()), name.prefix("host-1")),
                sink);

        LongIndex<Link> from = Index.uniqueLong("from", Link::from);
        Index<Link, String> to = Index.unique("to", Keys.STRING, Link::to);
        use(
                TableSpec.of("links", Link.class, from).index(to),
                id -> new Link(id, "to-" + id),
                link -> List.of(from.query(link.from()), to.query(link.to()), from.range(0, 10), to.lowerBound("to-9")),
                sink);

        use(
                Item.BY_ID_AND_TAG,
                id -> new Item(id, Item.range(1, "tag-" + id % 7)[0].tags()),
                item -> List.of(Item.ID.query(item.id()), Item.TAG.query("tag-" + item.id() % 7), Item.TAG.prefix("t")),
                sink);
    }

    private static <T> void use(
            TableSpec<T> spec, LongFunction<T> make, Function<T, List<Query<T>>> ask, Blackhole sink) {
        var db = StateDatabase.create();
        RWTable<T> table = db.create(spec);
        List<T> rows = LongStream.range(0, ROWS).mapToObj(make).toList();
        ChangeIterator<T> changes = table.changes();
        for (int round = 0; round < ROUNDS; round++) {
            try (WriteTxn txn = db.writeTxn(table)) {
                for (T row : rows) {
                    table.insert(txn, row);
                    sink.consume(table.modify(txn, row, (stored, given) -> given));
                    sink.consume(table.get(txn, ask.apply(row).getFirst()));
                }
                table.delete(txn, rows.get(round));
                txn.commit();
            }
            changes.next(db.readTxn()).forEach(sink::consume);
            read(table, db.readTxn(), rows, ask, sink);
        }
    }

    private static <T> void read(
            RWTable<T> table, ReadTxn txn, List<T> rows, Function<T, List<Query<T>>> ask, Blackhole sink) {
        for (T row : rows) {
            for (Query<T> query : ask.apply(row)) {
                sink.consume(table.get(txn, query));
                sink.consume(table.watch(txn, query));
            }
            sink.consume(table.list(txn, ask.apply(row).getLast()).first());
        }
        for (Query<T> query : ask.apply(rows.getLast())) {
            table.list(txn, query).forEach(sink::consume);
        }
        table.all(txn).forEach(sink::consume);
        table.byRevision(txn, 1).forEach(sink::consume);
    }
}
