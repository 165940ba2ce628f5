package dev.homeostat.host.control;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.statedb.StateDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of answers over the real database share: a table of documents, a server, and a client of it. */
abstract class RealDatabaseTest {
    @TempDir
    Path data;

    final ClosableScheduler scheduler = Schedulers.named("test");
    final Database database = StateDatabase.builder().scheduler(scheduler).build();
    final FakeHost host = new FakeHost();
    RWTable<Doc> docs = database.create(Doc.TABLE);
    ControlServer server;
    Client client;

    @BeforeEach
    void serve() throws IOException {
        host.database = database;
        host.add(docs, "docs");
        server = ControlServer.open(host, data);
        client = new Client(server.socket());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        scheduler.close();
        host.close();
    }
}
