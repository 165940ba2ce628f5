package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.statedb.StateDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The keys that may be about to be written, of a table of many rows in the real database. */
@Timeout(60)
final class KeyMethodsTest {
    private static final int ROWS = 30_000;
    private static final AtomicLong LOOKS = new AtomicLong();

    private record Host(long number, String name, IpPrefix net) {
        static final LongIndex<Host> NUMBER = Index.uniqueLong("number", host -> {
            LOOKS.incrementAndGet();
            return host.number();
        });
        static final Index<Host, String> NAME = Index.nonUnique("name", Keys.STRING, host -> {
            LOOKS.incrementAndGet();
            return host.name();
        });
        static final PrefixIndex<Host, IpPrefix> NET = Index.nonUniquePrefix("net", Keys.IP_PREFIX, Host::net);
        static final TableSpec<Host> TABLE =
                TableSpec.of("hosts", Host.class, NUMBER).index(NAME).index(NET);
    }

    @TempDir
    Path data;

    private final ClosableScheduler scheduler = Schedulers.named("test");
    private final FakeHost host = new FakeHost();
    private ControlServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        Database database = StateDatabase.builder().scheduler(scheduler).build();
        RWTable<Host> hosts = database.create(Host.TABLE);
        database.write(hosts, txn -> {
            for (int i = -10; i < ROWS; i++) {
                hosts.insert(
                        txn,
                        new Host(
                                i,
                                "name " + Math.floorMod(i, 1000),
                                Keys.IP_PREFIX.parse("10." + Math.floorMod(i, 200) + ".0.0/16")));
            }
            return null;
        });
        host.database = database;
        host.add(hosts, "hosts");
        server = ControlServer.open(host, data);
        client = new Client(server.socket());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        scheduler.close();
    }

    private List<String> keys(String params) throws IOException {
        List<String> keys = new ArrayList<>();
        for (JsonNode key :
                client.result("db.keys", "{\"table\":\"hosts\"" + params + "}").path("keys")) {
            keys.add(key.stringValue());
        }
        return keys;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ,"prefix":"2999"                      | 2999,29990,29991,29992,29993,29994,29995,29996,29997,29998,29999
        ,"prefix":"-1"                        | -1,-10
        ,"prefix":"7","limit":3               | 7,70,71
        ,"prefix":"x"                         |
        ,"index":"name","prefix":"name 99"    | name 99,name 990,name 991,name 992,name 993,name 994,name 995,name 996,name 997,name 998,name 999
        ,"index":"name","prefix":"nam","limit":2 | name 0,name 1
        ,"index":"net","prefix":"10.19"       | 10.190.0.0/16,10.191.0.0/16,10.192.0.0/16,10.193.0.0/16,10.194.0.0/16,10.195.0.0/16,10.196.0.0/16,10.197.0.0/16,10.198.0.0/16,10.199.0.0/16,10.19.0.0/16
        """)
    void keys_beginAsAsked(String params, String expected) throws IOException {
        assertThat(keys(params)).isEqualTo(expected == null ? List.of() : List.of(expected.split(",")));
    }

    @Test
    void keys_withoutPrefix_areTheFirst_andNotAll() throws IOException {
        assertThat(keys("")).hasSize(100).startsWith("-10", "-9");
        assertThat(keys(",\"limit\":100000")).hasSize(100);
    }

    @Test
    void work_isBounded_whateverIsAsked() throws IOException {
        for (String prefix : List.of("", "2", "29999", "x", "-", "000000")) {
            for (String index : List.of("number", "name")) {
                long before = LOOKS.get();
                keys(",\"index\":\"" + index + "\",\"prefix\":\"" + prefix + "\"");
                assertThat(LOOKS.get() - before).as("%s \"%s\"", index, prefix).isLessThan(10_000);
            }
        }
    }

    @Test
    void undoneDelete_isAKeyToo() throws IOException {
        try (ServedExample served = new ServedExample(Files.createDirectory(data.resolve("example")))) {
            assertThat(served.client
                            .result("db.keys", "{\"table\":\"docs\",\"prefix\":\"gh\"}")
                            .path("keys")
                            .toString())
                    .isEqualTo("[\"ghost\"]");
        }
    }

    @Test
    void unknownIndex_isSaid() throws IOException {
        assertThat(client.ask("db.keys", "{\"table\":\"hosts\",\"index\":\"nam\"}")
                        .getLast()
                        .at("/error/code")
                        .stringValue())
                .isEqualTo("unknown-index");
    }
}
