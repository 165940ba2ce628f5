package dev.homeostat.statedb.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.prefix.NetModel.Question;
import dev.homeostat.statedb.prefix.NetModel.Version;
import dev.homeostat.statedb.testing.ManualScheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One run of the model test of prefix indexes: a table, its model, snapshots that are held, and watches. */
final class NetScenario {
    private record Held(ReadTxn txn, NetModel model) {}

    private record Watched(Question question, long revision, List<Version> answer, Watch watch) {}

    private record Seen(Rows<Net> list, List<Row<Net>> rows) {}

    private final Random random;
    private final NetInputs inputs;
    private final Database db =
            StateDatabase.builder().scheduler(new ManualScheduler()).build();
    private final RWTable<Net> table;
    private NetModel model;
    private final List<Held> held = new ArrayList<>();
    private final List<Watched> watches = new ArrayList<>();

    NetScenario(Random random) {
        boolean byKey = random.nextBoolean();
        this.random = random;
        this.inputs = new NetInputs(random, byKey);
        this.table = db.create(byKey ? Net.BY_KEY : Net.BY_ID);
        this.model = new NetModel(
                byKey ? Comparator.comparing(net -> Bits.of(net.key())) : Comparator.comparingLong(Net::id));
    }

    void run(int transactions) {
        for (int i = 0; i < transactions; i++) {
            transaction();
            checkWatches();
            for (int w = random.nextInt(4); w > 0; w--) {
                watch();
            }
            if (random.nextInt(10) == 0) {
                held.add(new Held(db.readTxn(), model.copy()));
            }
        }
        held.forEach(snapshot -> compare(snapshot.model, snapshot.txn));
        db.write(table, table::deleteAll);
        model.clear();
        checkWatches();
        compare(model, db.readTxn());
    }

    private void transaction() {
        NetModel next = model.copy();
        List<Seen> seen = new ArrayList<>();
        try (WriteTxn txn = db.writeTxn(table)) {
            for (int i = random.nextInt(20) == 0 ? 100 : random.nextInt(5); i > 0; i--) {
                write(txn, next);
                if (random.nextInt(10) == 0) {
                    compare(next, txn);
                    Rows<Net> rows = table.list(txn, inputs.question().query());
                    seen.add(new Seen(rows, rows.stream().toList()));
                }
            }
            if (random.nextInt(6) != 0) {
                ReadTxn committed = txn.commit();
                model = next;
                if (random.nextInt(3) == 0) {
                    compare(model, committed);
                }
            }
        }
        seen.forEach(before -> assertThat(before.list.stream().toList()).isEqualTo(before.rows));
    }

    private void write(WriteTxn txn, NetModel next) {
        Net net = inputs.net();
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> delete(txn, next, existing(next, net));
            case 4 -> {
                Question question = inputs.question();
                if (question.query().isLookup()) {
                    List<Version> found = next.list(question);
                    Row<Net> deleted = table.delete(txn, question.query());
                    assertThat(version(deleted)).isEqualTo(found.isEmpty() ? null : found.getFirst());
                    found.forEach(row -> next.remove(row.net()));
                }
            }
            case 5 -> {
                if (random.nextInt(30) == 0) {
                    assertThat(table.deleteAll(txn)).isEqualTo(next.rows().size());
                    next.clear();
                }
            }
            default -> insert(txn, next, net);
        }
    }

    private void insert(WriteTxn txn, NetModel next, Net net) {
        if (next.violates(net)) {
            assertThatThrownBy(() -> table.insert(txn, net))
                    .isInstanceOf(UniqueViolationException.class)
                    .hasMessageContaining(String.valueOf(net.own()));
        } else {
            boolean there = next.has(net);
            assertThat(table.insert(txn, net) != null).isEqualTo(there);
            next.put(net);
        }
    }

    private void delete(WriteTxn txn, NetModel next, Net net) {
        boolean there = next.has(net);
        assertThat(table.delete(txn, net) != null).isEqualTo(there);
        if (there) {
            next.remove(net);
        }
    }

    private Net existing(NetModel next, Net otherwise) {
        return next.rows().isEmpty()
                ? otherwise
                : next.rows().get(random.nextInt(next.rows().size())).net();
    }

    private void watch() {
        Question question = inputs.question();
        Watch watch = table.watch(db.readTxn(), question.query());
        assertThat(watch.isClosed()).as("a fresh watch, %s", question).isFalse();
        watches.add(new Watched(question, model.revision(), model.list(question), watch));
        if (watches.size() > 60) {
            watches.removeFirst();
        }
    }

    private void checkWatches() {
        for (Watched watched : watches) {
            if (model.revision() == watched.revision) {
                assertThat(watched.watch.isClosed()).as("nothing changed").isFalse();
            } else if (!watched.watch.isClosed()) {
                assertThat(model.list(watched.question))
                        .as("open watch, %s", watched.question)
                        .isEqualTo(watched.answer);
            }
        }
        watches.removeIf(watched -> watched.watch.isClosed());
    }

    private void compare(NetModel expected, ReadTxn txn) {
        assertThat(table.revision(txn)).isEqualTo(expected.revision());
        assertThat(versions(table.all(txn))).isEqualTo(expected.rows());
        for (int i = 0; i < 8; i++) {
            Question question = inputs.question();
            List<Version> answer = expected.list(question);
            assertThat(versions(table.list(txn, question.query())))
                    .as("%s", question)
                    .isEqualTo(answer);
            assertThat(version(table.get(txn, question.query())))
                    .as("first of %s", question)
                    .isEqualTo(answer.isEmpty() ? null : answer.getFirst());
        }
    }

    private static List<@Nullable Version> versions(Rows<Net> rows) {
        return rows.stream().map(NetScenario::version).toList();
    }

    private static @Nullable Version version(@Nullable Row<Net> row) {
        return row == null ? null : new Version(row.value(), row.revision());
    }
}
