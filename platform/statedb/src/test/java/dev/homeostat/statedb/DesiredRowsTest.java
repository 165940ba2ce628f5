package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.RowStatuses;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rows are stored, and as what, when somebody brings desired ones; and which instances may come again. */
final class DesiredRowsTest {
    private final Database db = StateDatabase.create();

    /** A service, what is desired of it, and how far its reconciler came. */
    private record Service(String name, int port, String status) {
        static final Index<Service, String> NAME = Index.unique("name", Keys.STRING, Service::name);
        static final TableSpec<Service> TABLE = TableSpec.of("services", Service.class, NAME);

        Service withStatus(String other) {
            return new Service(name, port, other);
        }
    }

    private static final RowStatuses<Service> STATUSES = new RowStatuses<>() {
        @Override
        public Service copied(Service desired, Service stored) {
            return desired.withStatus(stored.status());
        }

        @Override
        public Service pending(Service desired) {
            return desired.withStatus("pending");
        }
    };

    /** A row that can be changed in place, and compares as it likes. */
    private static class Box {
        static final Index<Box, String> NAME = Index.unique("name", Keys.STRING, box -> box.name);
        static final TableSpec<Box> TABLE = TableSpec.of("boxes", Box.class, NAME);

        private final String name;

        Box(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            throw new AssertionError("boxes are not to be compared");
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    @Test
    void promise_A33_apply_anEqualRowKeepsItsRevision() {
        RWTable<Service> services = db.create(Service.TABLE);

        long first = apply(services, new Service("a", 1, "")).revision();

        assertThat(apply(services, new Service("a", 1, "")).revision()).isEqualTo(first);
        assertThat(apply(services, new Service("a", 2, "")).revision()).isGreaterThan(first);
    }

    @Test
    void promise_A33_apply_comparesAfterCopyingTheStoredStatuses() {
        RWTable<Service> services = db.create(Service.TABLE.statuses(STATUSES));
        apply(services, new Service("a", 1, ""));
        db.write(services, txn -> services.insert(txn, new Service("a", 1, "done")));

        Row<Service> same = apply(services, new Service("a", 1, "anything"));
        Row<Service> other = apply(services, new Service("a", 2, "anything"));

        assertThat(same.value()).isEqualTo(new Service("a", 1, "done"));
        assertThat(other.value()).isEqualTo(new Service("a", 2, "pending"));
    }

    @Test
    void promise_A33_apply_aNewRowIsPending() {
        RWTable<Service> services = db.create(Service.TABLE.statuses(STATUSES));

        assertThat(apply(services, new Service("a", 1, "done")).value()).isEqualTo(new Service("a", 1, "pending"));
    }

    @Test
    void promise_A33_apply_comparesByTheSpecificationsPredicate() {
        RWTable<Service> services = db.create(Service.TABLE
                .statuses(STATUSES)
                .sameDesired((desired, stored) -> desired.port() / 10 == stored.port() / 10));
        apply(services, new Service("a", 11, ""));

        assertThat(apply(services, new Service("a", 19, "")).value().port()).isEqualTo(11);
        assertThat(apply(services, new Service("a", 20, "")).value()).isEqualTo(new Service("a", 20, "pending"));
    }

    @Test
    void promise_A33_apply_refusesStatusesThatChangeTheKey() {
        RWTable<Service> services = db.create(Service.TABLE.statuses(new RowStatuses<>() {
            @Override
            public Service copied(Service desired, Service stored) {
                return desired;
            }

            @Override
            public Service pending(Service desired) {
                return new Service("b", desired.port(), "pending");
            }
        }));

        assertThatThrownBy(() -> apply(services, new Service("a", 1, "")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("the pending row has primary key b, but it replaces row a");
        assertThat(services.count(db.readTxn())).isZero();
    }

    @Test
    void promise_A32_theStoredInstanceIsRefusedByEveryWrite() {
        RWTable<Box> boxes = db.create(Box.TABLE);
        Box box = new Box("a");
        db.write(boxes, txn -> boxes.insert(txn, box));
        Row<Box> row = row(boxes);

        refused(boxes, txn -> boxes.insert(txn, box));
        refused(boxes, txn -> boxes.insertWatch(txn, box));
        refused(boxes, txn -> boxes.replace(txn, box));
        refused(boxes, txn -> boxes.apply(txn, box)); // and is not compared: that would throw something else
        refused(boxes, txn -> boxes.compareAndSwap(txn, row.revision(), box));
        refused(boxes, txn -> boxes.compareAndSwap(txn, row.revision() + 1, box));
        refused(boxes, txn -> boxes.modify(txn, new Box("a"), (stored, given) -> stored));
        assertThat(row(boxes)).isSameAs(row);
    }

    @Test
    void promise_A32_anotherInstanceIsTaken() {
        RWTable<Box> boxes = db.create(Box.TABLE);
        Box box = new Box("a");
        db.write(boxes, txn -> boxes.insert(txn, box));

        db.write(boxes, txn -> boxes.modify(txn, box, (stored, given) -> new Box("a")));

        assertThat(row(boxes).value()).isNotSameAs(box);
        assertThat(row(boxes).revision()).isEqualTo(2);
    }

    @Test
    void promise_A32_theStoredInstanceMayBeDeletedAndComeBack() {
        RWTable<Box> boxes = db.create(Box.TABLE);
        Box box = new Box("a");

        db.write(boxes, txn -> {
            boxes.insert(txn, box);
            boxes.delete(txn, box);
            return boxes.insert(txn, box);
        });

        assertThat(row(boxes).revision()).isEqualTo(3);
    }

    @Test
    void promise_A32_recordsAndImmutableRowsMayComeAgain() {
        RWTable<Box> boxes = db.create(Box.TABLE.immutable());
        Box box = new Box("a");
        RWTable<Service> services = db.create(Service.TABLE);
        Service service = new Service("a", 1, "");

        db.write(boxes, txn -> boxes.insert(txn, box));
        db.write(boxes, txn -> boxes.insert(txn, box));
        db.write(services, txn -> services.insert(txn, service));
        db.write(services, txn -> services.insert(txn, service));

        assertThat(row(boxes).revision()).isEqualTo(2);
        assertThat(services.revision(db.readTxn())).isEqualTo(2);
    }

    private void refused(RWTable<Box> boxes, Function<WriteTxn, @Nullable Object> write) {
        assertThatThrownBy(() -> db.write(boxes, write))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table \"boxes\": row a is stored again as the very instance")
                .hasMessageContaining("immutable()");
    }

    private Row<Box> row(RWTable<Box> boxes) {
        Row<Box> row = boxes.get(db.readTxn(), Box.NAME.query("a"));
        assertThat(row).isNotNull();
        return row;
    }

    private Row<Service> apply(RWTable<Service> services, Service service) {
        db.write(services, txn -> services.apply(txn, service));
        Row<Service> row = services.get(db.readTxn(), Service.NAME.query(service.name()));
        assertThat(row).isNotNull();
        return row;
    }
}
