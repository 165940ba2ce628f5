package dev.homeostat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OperationsBenchTest {
    record Memo(String name, String text) {
        static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
        static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME);
    }

    record Numbered(long id) {
        static final LongIndex<Numbered> ID = Index.uniqueLong("id", Numbered::id);
        static final TableSpec<Numbered> TABLE = TableSpec.of("numbered", Numbered.class, ID);
    }

    private final FakeTarget<Memo> target = new FakeTarget<>(Memo::name, Keys.STRING::encode);
    private final OperationsBench<Memo> bench =
            OperationsBench.of(Memo.TABLE, target, Options.defaults().withoutPruning());

    @Test
    void putAndDelete_moveTheTargetAtOnce() {
        Memo memo = new Memo("a", "hello");
        bench.put(memo);
        assertThat(target.objects()).containsEntry("a", memo);
        assertThat(kind(bench.status(memo))).isEqualTo(StatusKind.DONE);
        assertThat(bench.delete(memo)).isTrue();
        assertThat(bench.delete(memo)).isFalse();
        assertThat(target.objects()).isEmpty();
        assertThat(bench.status(memo)).isNull();
    }

    @Test
    void status_ofARow_leavesTheTableAsItIs() {
        Memo memo = new Memo("a", "hello");
        bench.put(memo);
        assertThat(kind(bench.status(new Memo("a", "anything")))).isEqualTo(StatusKind.DONE);
        assertThat(bench.table().get(bench.database().readTxn(), Memo.NAME.query("a")))
                .satisfies(row -> assertThat(row == null ? null : row.value()).isEqualTo(memo));
    }

    @Test
    void advance_bringsTheRetry() {
        Memo memo = new Memo("a", "hello");
        target.next("a", Fault.error("no route"));
        bench.put(memo);
        assertThat(kind(bench.status(memo))).isEqualTo(StatusKind.ERROR);
        bench.advance(Duration.ofMillis(100));
        assertThat(kind(bench.status(memo))).isEqualTo(StatusKind.DONE);
    }

    @Test
    void prune_removesWhatIsNotDesired() {
        bench.put(new Memo("a", "hello"));
        target.tamper("stray", new Memo("stray", "?"));
        assertThat(bench.prune().removed()).containsExactly("stray");
    }

    @Test
    void aTableWithNumbersForKeys_worksToo() {
        FakeTarget<Numbered> numbers =
                new FakeTarget<>(row -> "n" + row.id(), name -> Keys.LONG.encode(Long.parseLong(name.substring(1))));
        OperationsBench<Numbered> numbered =
                OperationsBench.of(Numbered.TABLE, numbers, Options.defaults().withoutPruning());
        numbered.put(new Numbered(7));
        numbered.put(new Numbered(-7));
        numbers.tamper("n8", new Numbered(8));
        assertThat(kind(numbered.status(new Numbered(-7)))).isEqualTo(StatusKind.DONE);
        assertThat(numbered.prune().removed()).containsExactly("n8");
        assertThat(numbered.reconciler()
                        .explain(Keys.LONG.encode(7L))
                        .orElseThrow()
                        .key())
                .isEqualTo("7");
        numbered.delete(new Numbered(7));
        assertThat(numbers.objects()).containsOnlyKeys("n-7");
    }

    private static @Nullable StatusKind kind(@Nullable Status status) {
        return status == null ? null : status.kind();
    }
}
