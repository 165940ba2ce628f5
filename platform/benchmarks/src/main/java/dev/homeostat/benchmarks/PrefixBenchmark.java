package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Longest matches and inserts over random IPv4 prefixes of 8 to 32 bits; every other address that is looked for lies in one of the prefixes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PrefixBenchmark {
    private static final int ROUTES = 2000;
    private static final int BATCH = 100;

    private record Route(long id, IpPrefix prefix) {
        static final LongIndex<Route> ID = Index.uniqueLong("id", Route::id);
        static final PrefixIndex<Route, IpPrefix> PREFIX = Index.uniquePrefix("prefix", Keys.IP_PREFIX, Route::prefix);
        static final PrefixIndex<Route, IpPrefix> SHARED =
                Index.nonUniquePrefix("shared", Keys.IP_PREFIX, Route::prefix);
        static final TableSpec<Route> BY_PREFIX = TableSpec.of("routes", Route.class, PREFIX);
        static final TableSpec<Route> BY_ID =
                TableSpec.of("routes", Route.class, ID).index(SHARED);
    }

    private record Routes(Database db, RWTable<Route> table) {
        static Routes with(TableSpec<Route> spec) {
            Database db = StateDatabase.create();
            return new Routes(db, db.create(spec));
        }

        Routes insert(List<Route> routes) {
            for (int from = 0; from < routes.size(); from += BATCH) {
                try (WriteTxn txn = db.writeTxn(table)) {
                    for (Route route : routes.subList(from, from + BATCH)) {
                        table.insert(txn, route);
                    }
                    txn.commit();
                }
            }
            return this;
        }
    }

    private final Random random = new Random(1);
    private final List<Route> routes = routes();
    private final Routes byPrefix = Routes.with(Route.BY_PREFIX).insert(routes);
    private final Routes byId = Routes.with(Route.BY_ID).insert(routes);
    private final List<Query<Route>> primary = new ArrayList<>();
    private final List<Query<Route>> secondary = new ArrayList<>();

    /** Makes the queries. */
    public PrefixBenchmark() {
        for (int i = 0; i < ROUTES; i++) {
            byte[] bytes = address();
            if (i % 2 == 0) {
                IpPrefix prefix = routes.get(random.nextInt(ROUTES)).prefix();
                byte[] first = prefix.address().getAddress();
                for (int bit = 0; bit < prefix.length(); bit++) {
                    int mask = 0x80 >> bit % Byte.SIZE;
                    int at = bit / Byte.SIZE;
                    bytes[at] = (byte) ((bytes[at] & ~mask) | (first[at] & mask));
                }
            }
            primary.add(Route.PREFIX.query(IpPrefix.of(of(bytes))));
            secondary.add(Route.SHARED.query(IpPrefix.of(of(bytes))));
        }
    }

    /** The longest match in a primary index. */
    @Benchmark
    @OperationsPerInvocation(ROUTES)
    public void lpm_get(Blackhole sink) {
        get(byPrefix, primary, sink);
    }

    /** The longest match in a secondary index that is not unique. */
    @Benchmark
    @OperationsPerInvocation(ROUTES)
    public void lpm_get_secondary(Blackhole sink) {
        get(byId, secondary, sink);
    }

    /** A hundred inserts a transaction, into a table that was empty. */
    @Benchmark
    @OperationsPerInvocation(ROUTES)
    public Object lpm_insert_100() {
        return Routes.with(Route.BY_PREFIX).insert(routes);
    }

    /** A hundred inserts a transaction, over rows that are there. */
    @Benchmark
    @OperationsPerInvocation(ROUTES)
    public Object lpm_replace_100() {
        return byPrefix.insert(routes);
    }

    /** A hundred inserts a transaction, into a table that was empty, by number and with the prefix in a secondary index. */
    @Benchmark
    @OperationsPerInvocation(ROUTES)
    public Object lpm_insert_100_secondary() {
        return Routes.with(Route.BY_ID).insert(routes);
    }

    private static void get(Routes in, List<Query<Route>> queries, Blackhole sink) {
        ReadTxn txn = in.db().readTxn();
        for (Query<Route> query : queries) {
            sink.consume(in.table().get(txn, query));
        }
    }

    private List<Route> routes() {
        Set<IpPrefix> prefixes = new LinkedHashSet<>();
        while (prefixes.size() < ROUTES) {
            prefixes.add(IpPrefix.containing(of(address()), random.nextInt(8, 33)));
        }
        List<Route> all = new ArrayList<>();
        for (IpPrefix prefix : prefixes) {
            all.add(new Route(all.size(), prefix));
        }
        return all;
    }

    private byte[] address() {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        return bytes;
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
