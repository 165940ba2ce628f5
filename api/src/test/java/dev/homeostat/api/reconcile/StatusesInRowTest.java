package dev.homeostat.api.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a row's statuses are. */
final class StatusesInRowTest {
    private static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");
    private static final Status DONE = Status.done(4, AT);

    private record Two(
            String name, @Nullable Status a, @Nullable Status b) {
        static final Index<Two, String> NAME = Index.unique("name", Keys.STRING, Two::name);
        static final StatusesInRow<Two> STATUSES =
                StatusesInRow.field("a", Two::a, Two::withA).andField("b", Two::b, Two::withB);
        static final TableSpec<Two> TABLE =
                TableSpec.of("twos", Two.class, NAME).statuses(STATUSES);

        Two withA(Status status) {
            return new Two(name, status, b);
        }

        Two withB(Status status) {
            return new Two(name, a, status);
        }
    }

    private record Many(String name, @Nullable StatusSet set) {
        static final StatusesInRow<Many> STATUSES = StatusesInRow.set(Many::set, Many::withSet);

        Many withSet(StatusSet other) {
            return new Many(name, other);
        }
    }

    @Test
    void fields_areFoundByTheirNames() {
        StatusSlot<Two> a = Two.STATUSES.slot("a");
        Two row = new Two("x", DONE, null);
        assertThat(a.get(row)).isEqualTo(DONE);
        assertThat(a.with(row, Status.pending())).isEqualTo(new Two("x", Status.pending(), null));
        assertThat(a.statuses()).isSameAs(Two.STATUSES);
        assertThat(Two.STATUSES.slot("a")).isSameAs(a);
        assertThat(Many.STATUSES.slot("q")).isSameAs(Many.STATUSES.slot("q"));
        assertThat(StatusesInRow.field("a", Two::a, Two::withA).slot().name()).isEqualTo("a");
    }

    @Test
    void mistakes_areRefusedNamingWhatThereIs() {
        assertThatThrownBy(Two.STATUSES::slot).hasMessageContaining("[a, b]");
        assertThatThrownBy(() -> Two.STATUSES.slot("c"))
                .hasMessage("status \"c\": the rows have no such field; they have [a, b]");
        assertThatThrownBy(() -> Two.STATUSES.andField("a", Two::a, Two::withA)).hasMessageContaining("already exists");
        assertThatThrownBy(Many.STATUSES::slot).hasMessageContaining("choose the name");
        assertThatThrownBy(() -> Many.STATUSES.slot(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of its reconciler, which is not empty");
        StatusesInRow<Two> set = StatusesInRow.set(row -> StatusSet.pending(), (row, other) -> row);
        assertThatThrownBy(() -> set.andField("a", Two::a, Two::withA)).hasMessageContaining("slot(\"a\")");
    }

    @Test
    void promise_A33_desiredRowsAreComparedWithoutTheirStatuses() {
        Two stored = new Two("x", DONE, Status.pending());
        assertThat(Two.TABLE.isSameDesired(new Two("x", null, null), stored)).isTrue();
        assertThat(Two.TABLE.isSameDesired(new Two("y", DONE, Status.pending()), stored))
                .isFalse();
        assertThat(Two.STATUSES.pending(stored)).isEqualTo(new Two("x", Status.pending(), Status.pending()));
        Many many = new Many("x", StatusSet.of(4, Map.of("q", DONE)));
        assertThat(Many.STATUSES.copied(new Many("x", null), many)).isEqualTo(many);
        assertThat(Many.STATUSES.pending(many).set()).isEqualTo(StatusSet.of(0, Map.of("q", Status.pending())));
    }

    @Test
    void promise_B16_aCommitStampsAllStatusesOfTheRow() {
        StatusSlot<Two> a = Two.STATUSES.slot("a");
        assertThat(a.generation(new Two("x", null, null), 9)).isEqualTo(9);
        assertThat(a.committed(new Two("x", null, null), 9, DONE))
                .isEqualTo(new Two("x", DONE, Status.pending(9, Instant.EPOCH)));
        assertThat(a.committed(new Two("x", null, DONE), 9, DONE)).isEqualTo(new Two("x", DONE, DONE));
        assertThat(Many.STATUSES.slot("q").committed(new Many("x", null), 9, DONE))
                .isEqualTo(new Many("x", StatusSet.of(9, Map.of("q", DONE))));
    }

    @Test
    void generation_ofTheRowIsTheHighestOfItsStatuses() {
        assertThat(Two.STATUSES.generation(new Two("x", DONE, Status.done(6, AT)), 20))
                .isEqualTo(6);
        assertThat(Two.STATUSES.generation(new Two("x", DONE, Status.pending()), 20))
                .isEqualTo(20);
        assertThat(Many.STATUSES.generation(new Many("x", StatusSet.of(3, Map.of("q", DONE))), 20))
                .isEqualTo(4);
    }

    @Test
    void promise_B6_anIndexOnTheKindOfAStatus() {
        Index<Two, StatusKind> index = Two.STATUSES.slot("a").statusIndex();
        assertThat(index.name()).isEqualTo("a");
        assertThat(index.singleKey(new Two("x", DONE, null))).isEqualTo(StatusKind.DONE);
        assertThat(index.singleKey(new Two("x", null, null))).isEqualTo(StatusKind.PENDING);
        assertThat(Two.STATUSES.slot("a").statusIndex()).isSameAs(index);
        assertThat(Many.STATUSES.slot("q").statusIndex().name()).isEqualTo("status-q");
        assertThat(Many.STATUSES.slot("q").statusIndex().singleKey(new Many("x", null)))
                .isEqualTo(StatusKind.PENDING);
    }

    @Test
    void sameButFor_looksAtTheOthersOnly() {
        StatusSlot<Two> a = Two.STATUSES.slot("a");
        assertThat(Two.STATUSES.sameButFor(a, new Two("x", DONE, null), new Two("x", null, null)))
                .isTrue();
        assertThat(Two.STATUSES.sameButFor(a, new Two("x", null, DONE), new Two("x", null, null)))
                .isFalse();
    }
}
