package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.statedb.StateDatabase;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A dump is sent as it is made, however long it is. */
@Timeout(120)
final class DumpTest {
    private static final int ROWS = 200_000;

    private final Database database = StateDatabase.create();
    private final RWTable<Doc> docs = database.create(Doc.TABLE);

    /** Of all parts, the host remembers none: what it holds does not grow with the rows. */
    @Test
    void dump_ofManyRows_keepsNoneOfThem() throws Exception {
        database.write(docs, txn -> {
            for (int i = 0; i < ROWS; i++) {
                docs.insert(txn, new Doc("row-" + i, "content", i));
            }
            return true;
        });
        try (FakeHost host = new FakeHost()) {
            host.database = database;
            host.add(docs, "docs");
            List<WeakReference<ObjectNode>> sample = new ArrayList<>();
            long[] count = new long[1];
            ObjectNode answer = new ControlMethods(host)
                    .call(Caller.test(), "db.dump", JsonNodeFactory.instance.objectNode(), item -> {
                        count[0]++;
                        if (count[0] % 1_000 == 1) {
                            sample.add(new WeakReference<>(item));
                        }
                        if (count[0] == ROWS - 1) {
                            await("all that was sent is forgotten while the dump goes on")
                                    .until(() -> areCleared(sample));
                        }
                    });
            assertThat(answer.at("/tables/0/count").intValue()).isEqualTo(ROWS);
            assertThat(sample).hasSize(ROWS / 1_000);
        }
    }

    private static boolean areCleared(List<WeakReference<ObjectNode>> sample) {
        System.gc();
        return sample.stream().allMatch(one -> one.get() == null);
    }
}
