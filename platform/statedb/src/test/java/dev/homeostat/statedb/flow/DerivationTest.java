package dev.homeostat.statedb.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.statedb.testing.Memo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise A28: which rows a derived table has. */
final class DerivationTest extends DerivationLab {

    @Test
    void promise_A28_oneRowGivesNoneOneOrMany() {
        put("none");
        put("one", "a");
        put("many", "b", "c:text");
        derive();
        assertThat(tags()).containsExactly("a", "b", "c:text");
        put("none", "d");
        put("many", "b");
        delete("one");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("b", "d");
    }

    @Test
    void promise_A28_writesOnlyDifferences_inOneTransaction() {
        put("memo", "a:1", "b:1", "c:1");
        derive();
        long before = revision();
        long keptA = row("a").revision();
        long keptB = row("b").revision();
        List<Long> commits = new ArrayList<>();
        Watch watch = parts.all(db.readTxn()).watch();
        watch.onClose(() -> commits.add(revision()));
        put("memo", "a:1", "b:1", "c:2", "d:1");
        put("other", "e:1");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1", "b:1", "c:2", "d:1", "e:1");
        assertThat(row("a").revision()).isEqualTo(keptA);
        assertThat(row("b").revision()).isEqualTo(keptB);
        assertThat(revision()).isEqualTo(before + 3);
        assertThat(commits).as("all of it became visible at once").containsExactly(before + 3);
    }

    @Test
    void promise_A28_aLookThatFindsNoDifference_commitsNothing() {
        put("memo", "a");
        derive();
        Watch watch = parts.all(db.readTxn()).watch();
        db.write(memos, txn -> memos.insert(txn, Memo.of("memo", "a").withSize(7)));
        put("empty");
        scheduler.runUntilIdle();
        assertThat(watch.isClosed()).isFalse();
        assertThat(revision()).isOne();
    }

    @Test
    void promise_A28_comparesAsTheTableSays() {
        TableSpec<Part> lenient = TableSpec.of("lenient", Part.class, Part.NAME)
                .sameDesired((desired, stored) -> desired.name().equals(stored.name()));
        RWTable<Part> out = db.create(lenient, Derivation.initializerFrom(memos));
        put("memo", "a:1");
        Derivation.start(db, scheduler, memos, out, Part::of);
        scheduler.runUntilIdle();
        put("memo", "a:2");
        scheduler.runUntilIdle();
        assertThat(out.all(db.readTxn()).values()).containsExactly(new Part("a", "1", null));
        assertThat(out.revision(db.readTxn())).isOne();
    }

    @Test
    void promise_A28_aRowWhoseKeyIsALong() {
        record Size(long size) {}
        Index<Size, Long> size = Index.uniqueLong("size", Size::size);
        RWTable<Size> sizes = db.create(TableSpec.of("sizes", Size.class, size), Derivation.initializerFrom(memos));
        put("a");
        db.write(memos, txn -> memos.insert(txn, Memo.of("b").withSize(-5)));
        Derivation<Memo, Size> derivation = Derivation.start(
                db, scheduler, memos, sizes, memo -> List.of(new Size(memo.size()), new Size(memo.size())));
        scheduler.runUntilIdle();
        assertThat(sizes.all(db.readTxn()).values()).containsExactly(new Size(-5), new Size(0));
        assertThat(derivation.failures())
                .as("a row that is given twice counts once")
                .isEmpty();
    }

    @Test
    void promise_A28_twoRowsWithOneKey_theSmallestWins_andTheOtherTakesOver() {
        put("m2", "shared:two");
        Derivation<Memo, Part> derivation = derive();
        assertThat(derivation.conflicts()).isEmpty();
        put("m1", "shared:one");
        put("m3", "shared:three");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("shared:one");
        assertThat(derivation.conflicts())
                .containsExactly(new Derivation.Conflict(key("shared"), key("m1"), List.of(key("m2"), key("m3"))));
        put("m3", "shared:three", "more");
        scheduler.runUntilIdle();
        assertThat(warnings()).singleElement().asString().contains("\"parts\"", "shared", "\"memos\"", "m1", "m2, m3");
        delete("m1");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("more", "shared:two");
        put("m2");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("more", "shared:three");
        assertThat(derivation.conflicts()).isEmpty();
        assertThat(derivation.failures()).isEmpty();
    }

    @Test
    void promise_A28_rowsThatGiveTheSame_areNoConflict() {
        for (int i = 0; i < 50; i++) {
            put("memo " + i, "tag");
        }
        Derivation<Memo, Part> derivation = derive();
        assertThat(derivation.conflicts()).isEmpty();
        long kept = row("tag").revision();
        for (int i = 0; i < 49; i++) {
            delete("memo " + i);
            scheduler.runUntilIdle();
        }
        assertThat(row("tag").revision()).isEqualTo(kept);
        delete("memo 49");
        scheduler.runUntilIdle();
        assertThat(tags()).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void promise_A28_whetherRowsGiveTheSame_isSaidByTheSpecification() {
        RWTable<Part> loose = db.create(
                TableSpec.of("loose", Part.class, Part.NAME)
                        .sameDesired((desired, stored) -> desired.name().equals(stored.name())),
                Derivation.initializerFrom(memos));
        put("m1", "tag:x", "tag:y");
        put("m2", "tag:z");
        try (Derivation<Memo, Part> derivation = Derivation.start(db, scheduler, memos, loose, Part::of)) {
            scheduler.runUntilIdle();

            assertThat(derivation.failures()).isEmpty();
            assertThat(derivation.conflicts()).isEmpty();
            assertThat(loose.all(db.readTxn()).values().map(Part::name)).containsExactly("tag");
        }
    }

    @Test
    void promise_A28_theWinnerComesToDiffer_isAConflict_andEndsWhenItAgreesAgain() {
        put("m1", "tag:x");
        put("m2", "tag:x");
        put("m3", "tag:x");
        Derivation<Memo, Part> derivation = derive();
        put("m1", "tag:y");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("tag:y");
        assertThat(derivation.conflicts()).hasSize(1);
        put("m2", "tag:y");
        scheduler.runUntilIdle();
        assertThat(derivation.conflicts()).hasSize(1);
        put("m3", "tag:y");
        scheduler.runUntilIdle();
        assertThat(derivation.conflicts()).isEmpty();
    }

    @Test
    void promise_A28_rowsOfAnEarlierRun_areMatched_orRemovedOnceTheTableIsInitialized() {
        db.write(parts, txn -> {
            parts.insert(txn, Part.parse("kept:same"));
            parts.insert(txn, Part.parse("changed:old"));
            return parts.insert(txn, Part.parse("gone"));
        });
        put("memo", "kept:same", "changed:new");
        derive();
        assertThat(tags()).as("the table may not be complete yet").containsExactly("changed:new", "gone", "kept:same");
        initialize();
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("changed:new", "kept:same");
        assertThat(row("kept").revision()).isOne();
    }

    @Test
    void promise_A28_asLongAsARowFails_nothingOfAnEarlierRunIsRemoved() {
        db.write(parts, txn -> parts.insert(txn, Part.parse("earlier")));
        put("good", "a");
        put("bad", "!");
        initialize();
        derive();
        assertThat(tags()).containsExactly("a", "earlier");
        put("bad", "earlier");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a", "earlier");
        assertThat(row("earlier").revision()).isOne();
        assertThat(parts.initialized(db.readTxn())).isTrue();
    }

    @Test
    void promise_A28_restart_keepsRevisions_andRemovesWhatIsNoLongerGiven() {
        put("memo", "a", "b");
        initialize();
        Derivation<Memo, Part> first = derive();
        long kept = row("a").revision();
        first.close();
        put("memo", "a", "c");
        scheduler.runUntilIdle();
        assertThat(tags()).as("closed: rows stay").containsExactly("a", "b");
        derive();
        assertThat(tags()).containsExactly("a", "c");
        assertThat(row("a").revision()).isEqualTo(kept);
    }

    @Test
    void promise_A28_whatOthersWrite_isPutRightWhenTheRowThatGivesItChanges() {
        put("memo", "a:1", "b:1");
        derive();
        db.write(parts, txn -> {
            parts.insert(txn, Part.parse("a:theirs"));
            return parts.delete(txn, Part.parse("b"));
        });
        put("memo", "a:1", "b:1", "c");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a:1", "b:1", "c");
    }
}
