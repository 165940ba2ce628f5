package dev.homeostat.statedb.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.api.flow.Derivation.State;
import dev.homeostat.statedb.testing.Memo;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promise A28: rows that fail, or that the derived table refuses. */
final class DerivationFailuresTest extends DerivationLab {

    @Test
    void promise_A28_functionThatThrows_keepsWhatTheRowGave_andOthersGoOn() {
        put("bad", "a:1");
        put("good", "b:1");
        Derivation<Memo, Part> derivation = derive();
        put("bad", "a:2", "!");
        put("good", "b:2");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1", "b:2");
        assertThat(derivation.failures()).containsExactly(new Derivation.Failure(key("bad"), "planted in !"));
        assertThat(derivation.state()).isEqualTo(State.FOLLOWING);
        put("bad", "a:3", "!");
        scheduler.runUntilIdle();
        assertThat(warnings()).singleElement().asString().contains("\"memos\"", "row bad", "\"parts\"");
        put("bad", "a:4");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:4", "b:2");
        assertThat(derivation.failures()).isEmpty();
        put("bad", "!");
        scheduler.runUntilIdle();
        delete("bad");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("b:2");
        assertThat(derivation.failures()).isEmpty();
    }

    @Test
    void promise_A28_whateverTheFunctionThrowsOrGives_isThatRowsFailure() {
        List<Function<Memo, Collection<Part>>> functions = List.of(
                memo -> {
                    throw new StackOverflowError("planted");
                },
                DerivationFailuresTest::nothing,
                memo -> Arrays.asList(Part.parse("a"), nullPart()),
                memo -> List.of(Part.parse("twice:1"), Part.parse("twice:2")),
                memo -> List.of(new Part("half \ud800", "", null)));
        int number = 0;
        for (Function<Memo, Collection<Part>> function : functions) {
            RWTable<Part> out =
                    db.create(TableSpec.of("out" + number++, Part.class, Part.NAME), Derivation.initializerFrom(memos));
            Derivation<Memo, Part> derivation = Derivation.start(
                    db,
                    scheduler,
                    memos,
                    out,
                    memo -> memo.name().equals("bad") ? function.apply(memo) : Part.of(memo));
            put("bad", "never");
            put("good", "b");
            scheduler.runUntilIdle();
            assertThat(out.all(db.readTxn()).values()).containsExactly(Part.parse("b"));
            assertThat(derivation.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.row()).isEqualTo(key("bad"));
                assertThat(failure.reason()).isNotEmpty();
            });
            derivation.close();
        }
    }

    @Test
    void promise_A28_aMillionFailures_areNoStormInTheLog() {
        db.write(memos, txn -> {
            IntStream.range(0, 1_000).forEach(i -> memos.insert(txn, Memo.of("memo " + i, "!")));
            return true;
        });
        Derivation<Memo, Part> derivation = derive();
        assertThat(derivation.failures()).hasSize(1_000);
        assertThat(warnings()).hasSize(11);
        assertThat(warnings().getLast()).contains("990 more rows");
    }

    @Test
    void promise_A28_uniqueViolation_isThatRowsFailure_andBlocksNoOther() {
        put("m1", "a:1:slot");
        Derivation<Memo, Part> derivation = derive();
        put("m2", "b:1:slot", "c");
        put("m3", "d");
        scheduler.runUntilIdle();
        assertThat(tags()).as("nothing of m2, all of m3").containsExactly("a:1:slot", "d");
        assertThat(derivation.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.row()).isEqualTo(key("m2"));
            assertThat(failure.reason()).contains("\"slot\"", "row b", "row a");
        });
        put("m2", "c", "e:1:slot");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1:slot", "d");
        delete("m1");
        scheduler.runUntilIdle();
        assertThat(tags()).as("it comes as soon as it can").containsExactly("c", "d", "e:1:slot");
        assertThat(derivation.failures()).isEmpty();
    }

    @Test
    void promise_A28_refusedRow_keepsWhatItGave_alsoWhatItWouldNotGiveAnyMore() {
        put("m1", "a:1:x");
        put("m2", "b:1:y", "c:1");
        Derivation<Memo, Part> derivation = derive();
        put("m2", "d:2:x", "c:2");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1:x", "b:1:y", "c:1");
        assertThat(derivation.failures()).hasSize(1);
        put("m1", "a:1");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1", "c:2", "d:2:x");
        assertThat(derivation.failures()).isEmpty();
    }

    @Test
    void promise_A28_refusedRow_comesWhenAnotherWriterMakesRoom() {
        db.write(parts, txn -> parts.insert(txn, Part.parse("theirs:1:x")));
        put("memo", "mine:1:x");
        Derivation<Memo, Part> derivation = derive();
        assertThat(derivation.failures()).hasSize(1);
        db.write(parts, txn -> parts.delete(txn, Part.parse("theirs")));
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("mine:1:x");
        assertThat(derivation.failures()).isEmpty();
    }

    @Test
    void promise_A28_rowsOfAnEarlierRun_thatStandInTheWay_areRemovedFirst() {
        db.write(parts, txn -> parts.insert(txn, Part.parse("earlier:1:x")));
        put("memo", "mine:1:x");
        Derivation<Memo, Part> derivation = derive();
        assertThat(derivation.failures()).hasSize(1);
        initialize();
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("mine:1:x");
        assertThat(derivation.failures()).isEmpty();
        assertThat(parts.initialized(db.readTxn())).isTrue();
    }

    @Test
    void promise_A28_rowsThatExchangeUniqueKeys() {
        put("m1", "a:1:x", "b:1:y", "c:1:z");
        Derivation<Memo, Part> derivation = derive();
        put("m1", "a:1:y", "b:1:z", "c:1:x");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1:y", "b:1:z", "c:1:x");
        put("m1", "a:1:z", "b:1:y");
        put("m2", "c:1");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1:z", "b:1:y", "c:1");
        assertThat(derivation.failures()).isEmpty();
    }

    @Test
    void promise_A28_rowThatCannotTakeOver_goesOnGivingTheRest() {
        put("m1", "shared:1");
        put("m2", "shared:2:x", "own");
        put("m3", "holder:1:x");
        Derivation<Memo, Part> derivation = derive();
        assertThat(tags()).containsExactly("holder:1:x", "own", "shared:1");
        delete("m1");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("holder:1:x", "own");
        assertThat(derivation.failures()).extracting(Derivation.Failure::row).containsExactly(key("m2"));
        delete("m3");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("own", "shared:2:x");
        assertThat(derivation.failures()).isEmpty();
    }

    @SuppressWarnings("NullAway") // what becomes of null is the question
    private static Collection<Part> nothing(Memo memo) {
        return null;
    }

    @SuppressWarnings("NullAway") // what becomes of null is the question
    private static Part nullPart() {
        return null;
    }
}
