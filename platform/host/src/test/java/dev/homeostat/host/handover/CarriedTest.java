package dev.homeostat.host.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.control.LogLines;
import dev.homeostat.host.handover.Versions.Lower;
import dev.homeostat.host.handover.Versions.New;
import dev.homeostat.host.handover.Versions.Old;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.RowOwner;
import dev.homeostat.reconciler.ReconcilerRegistry;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.Remembered;
import dev.homeostat.reconciler.RunningReconciler;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows and what reconcilers remember, from one version of a row's class to the next. */
final class CarriedTest {
    private static final Options OPTIONS =
            Options.defaults().withoutPruning().concurrency(4).retrying(Duration.ofMinutes(10), Duration.ofMinutes(10));

    @TempDir
    Path home;

    private final VirtualScheduler clock = VirtualScheduler.inOrder();
    private final Database db = StateDatabase.builder().scheduler(clock).build();
    private final Reconcilers reconcilers = Reconcilers.builder(db, clock).build();
    private final Carried carried = Carried.collecting();
    private final KnownOwners owners = new KnownOwners();

    /** Who owns what, as a test says. */
    private static final class KnownOwners implements RowOwners {
        private final Map<Key, RowOwner> all = new HashMap<>();

        @Override
        public @Nullable RowOwner ownerOf(String table, Key key) {
            return all.get(key);
        }

        @Override
        public void back(String table, Key key, RowOwner owner) {
            all.put(key, owner);
        }
    }

    private static Old old(String name, long size) {
        return new Old(name, "text of " + name, size, "blue");
    }

    private RWTable<Old> oldTable(String... initializers) {
        return db.create(Old.TABLE, initializers);
    }

    private void put(RWTable<Old> table, String name, long size) {
        db.write(table, txn -> table.insert(txn, old(name, size)));
    }

    private RowKeeping keeping(RejectedRows rejected) {
        return new RowKeeping(db, rejected, owners, clock);
    }

    private void capture(RWTable<?> table) {
        StateDatabase.remove(
                db, table, last -> carried.tableRemoved(keeping(new RejectedRows(home)), table, "it is old", last));
    }

    private <T> RWTable<T> revive(TableSpec<T> spec, RejectedRows rejected, String... initializers) {
        return carried.makeTable(keeping(rejected), CodecChoice.of(spec), List.of(initializers));
    }

    private <T> void stop(RunningReconciler<T> running) {
        Table<T> table = running.table();
        ChangeIterator<T> since = table.changes();
        running.stop();
        clock.runUntilIdle();
        carried.reconcilerStopped(running.fullName(), table, since, running.remembered(), clock);
        reconcilers.forget(running);
    }

    private RunningReconciler<New> goOn(RWTable<New> table, FakeTarget<New> target, RejectedRows rejected) {
        Remembered<New> left = carried.left(keeping(rejected), "memos/disk", table);
        RunningReconciler<New> running = reconcilers.start("disk", table, target, OPTIONS, left);
        clock.runUntilIdle();
        return running;
    }

    private static FakeTarget<Old> oldTarget() {
        return new FakeTarget<>(Old::name, Keys.STRING::encode);
    }

    private static FakeTarget<New> newTarget() {
        return new FakeTarget<>(New::name, Keys.STRING::encode);
    }

    @Test
    void promise_A5_rowsGoOnAtTheirRevisions_inTheNewClass() {
        RWTable<Old> before = oldTable("source manifests");
        put(before, "a", 1);
        put(before, "b", 2);
        put(before, "a", 3);
        RejectedRows rejected = new RejectedRows(home);
        capture(before);
        RWTable<New> after = revive(New.TABLE, rejected, "source manifests");
        assertThat(after.byRevision(db.readTxn(), 0).stream().map(Row::value))
                .containsExactly(new New("b", "text of b", 2, "later"), new New("a", "text of a", 3, "later"));
        assertThat(after.byRevision(db.readTxn(), 0).stream().map(Row::revision))
                .containsExactly(2L, 3L);
        assertThat(after.revision(db.readTxn())).isEqualTo(3);
        assertThat(after.pendingInitializers(db.readTxn()))
                .as("a new version has yet to do its work")
                .containsExactly("source manifests");
        assertThat(rejected.all()).isEmpty();
    }

    @Test
    void aRowThatDoesNotFit_isSetAside_survivesARestart_andComesBackWhenItFits() {
        RWTable<Old> before = oldTable();
        put(before, "small", 1);
        put(before, "large", 99);
        RejectedRows rejected = new RejectedRows(home);
        capture(before);
        RWTable<New> after = revive(New.TABLE, rejected);
        assertThat(after.all(db.readTxn()).values().map(New::name)).containsExactly("small");
        assertThat(rejected.all()).singleElement().satisfies(row -> {
            assertThat(row.table()).isEqualTo("memos");
            assertThat(row.key()).isEqualTo("large");
            assertThat(row.reason()).contains("size", "10", "99");
            assertThat(row.since()).isEqualTo(clock.instant());
            assertThat(row.deleted()).isFalse();
        });
        RejectedRows restarted = new RejectedRows(home);
        assertThat(restarted.all()).isEqualTo(rejected.all());
        db.remove(after);
        RWTable<New> stillNot = Carried.nothing().makeTable(keeping(restarted), CodecChoice.of(New.TABLE), List.of());
        assertThat(stillNot.count(db.readTxn())).isZero();
        assertThat(restarted.all()).isEqualTo(rejected.all());
        db.remove(stillNot);
        RWTable<Old> wide = Carried.nothing().makeTable(keeping(restarted), CodecChoice.of(Old.TABLE), List.of());
        assertThat(wide.all(db.readTxn()).values()).containsExactly(old("large", 99));
        assertThat(restarted.all()).isEmpty();
        assertThat(new RejectedRows(home).all()).isEmpty();
    }

    @Test
    void aRowWhoseKeyIsTaken_isSetAside_andStaysSoWhileItIs() {
        RWTable<Old> before = oldTable();
        put(before, "a", 1);
        put(before, "A", 2);
        RejectedRows rejected = new RejectedRows(home);
        capture(before);
        RWTable<Lower> after = revive(Lower.TABLE, rejected);
        assertThat(after.all(db.readTxn()).values().map(Lower::size)).containsExactly(1L);
        assertThat(rejected.all()).singleElement().extracting(RejectedRow::key).isEqualTo("A");
        db.remove(after);
        revive(Lower.TABLE, rejected);
        assertThat(rejected.all()).singleElement().extracting(RejectedRow::key).isEqualTo("A");
        assertThat(rejected.forget("memos", "A")).isEqualTo(1);
        assertThat(new RejectedRows(home).all()).isEmpty();
    }

    @Test
    void theSameTwice_forAVersionThatFailedAndTheOldOneAgain() {
        RWTable<Old> before = oldTable();
        put(before, "small", 1);
        put(before, "large", 99);
        RejectedRows rejected = new RejectedRows(home);
        capture(before);
        db.remove(revive(New.TABLE, rejected));
        assertThat(rejected.all()).hasSize(1);
        RWTable<Old> again = revive(Old.TABLE, rejected);
        assertThat(again.all(db.readTxn()).values()).containsExactly(old("large", 99), old("small", 1));
        assertThat(rejected.all())
                .as("what the failed version refused is there")
                .isEmpty();
    }

    @Test
    void promise_A5_reconcilersGoOnWhereTheyWere() {
        RWTable<Old> before = oldTable();
        FakeTarget<Old> target = oldTarget();
        target.next("failing", Fault.error("no"));
        put(before, "done", 1);
        put(before, "failing", 2);
        put(before, "gone", 3);
        RunningReconciler<Old> first = reconcilers.start("disk", before, target, OPTIONS);
        clock.runUntilIdle();
        Status failed = first.status(db.readTxn(), Keys.STRING.encode("failing"));
        assertThat(failed).extracting(Status::kind).isEqualTo(StatusKind.ERROR);
        target.next("gone", Fault.error("busy"));
        db.write(before, txn -> before.delete(txn, old("gone", 3)));
        clock.runUntilIdle();
        stop(first);
        put(before, "late", 4);
        db.write(before, txn -> before.delete(txn, old("done", 1)));
        capture(before);

        FakeTarget<New> next = newTarget();
        RejectedRows rejected = new RejectedRows(home);
        RWTable<New> after = revive(New.TABLE, rejected);
        RunningReconciler<New> second = goOn(after, next, rejected);
        assertThat(next.count("update failing")).as("it waits for its time").isZero();
        assertThat(second.status(db.readTxn(), Keys.STRING.encode("failing"))).isEqualTo(failed);
        assertThat(next.count("update late")).isEqualTo(1);
        assertThat(next.count("delete done")).as("deleted after the stop").isEqualTo(1);
        assertThat(second.undoneDeletes()).containsExactly(Keys.STRING.encode("gone"));
        clock.advance(Duration.ofMinutes(11));
        assertThat(next.count("update failing")).isEqualTo(1);
        assertThat(next.count("delete gone")).isEqualTo(1);
        assertThat(next.count("update done")).isZero();
    }

    @Test
    void promise_A5_ofATableThatStays_deletesMeanwhileAreHeard_alsoByTheSecondThatStarts() {
        RWTable<New> table = db.create(New.TABLE);
        db.write(table, txn -> table.insert(txn, new New("a", "", 1, "")));
        db.write(table, txn -> table.insert(txn, new New("b", "", 1, "")));
        RunningReconciler<New> first = reconcilers.start("disk", table, newTarget(), OPTIONS);
        clock.runUntilIdle();
        stop(first);
        db.write(table, txn -> table.delete(txn, New.NAME.query("a")));
        RejectedRows rejected = new RejectedRows(home);
        FakeTarget<New> failing = newTarget();
        failing.always("a", Fault.error("this version is broken"));
        RunningReconciler<New> second = goOn(table, failing, rejected);
        assertThat(failing.count("update b")).isZero();
        second.stop();
        clock.runUntilIdle();
        reconcilers.forget(second);
        FakeTarget<New> next = newTarget();
        goOn(table, next, rejected);
        assertThat(next.count("delete a")).isEqualTo(1);
        assertThat(next.count("update b")).isZero();
        carried.close();
        db.write(table, txn -> table.delete(txn, New.NAME.query("b")));
        clock.advance(Duration.ofMinutes(1));
        assertThat(table.stats().graveyard())
                .as("nobody follows the table any more")
                .isZero();
    }

    @Test
    void aDeleteThatCannotBeRead_isSetAside_andNeverComesBackAsARow() {
        RWTable<Old> before = oldTable();
        FakeTarget<Old> target = oldTarget();
        put(before, "large", 99);
        RunningReconciler<Old> first = reconcilers.start("disk", before, target, OPTIONS);
        clock.runUntilIdle();
        target.always("large", Fault.error("busy"));
        db.write(before, txn -> before.delete(txn, old("large", 99)));
        clock.runUntilIdle();
        stop(first);
        capture(before);
        RejectedRows rejected = new RejectedRows(home);
        FakeTarget<New> next = newTarget();
        RWTable<New> after = revive(New.TABLE, rejected);
        goOn(after, next, rejected);
        assertThat(next.count("delete large")).isZero();
        assertThat(rejected.all()).singleElement().satisfies(row -> {
            assertThat(row.deleted()).isTrue();
            assertThat(row.reason()).contains("not yet at the target", "size");
        });
        Database fresh = StateDatabase.create();
        RWTable<Old> wide = Carried.nothing()
                .makeTable(
                        new RowKeeping(fresh, new RejectedRows(home), RowOwners.NONE, clock),
                        CodecChoice.of(Old.TABLE),
                        List.of());
        assertThat(wide.count(fresh.readTxn())).isZero();
    }

    @Test
    void aTableThatNobodyMakesAgain_isSaidInTheLog() {
        RWTable<Old> before = oldTable();
        put(before, "a", 1);
        capture(before);
        try (LogLines lines = LogLines.of("dev.homeostat.host.handover")) {
            carried.close();
            assertThat(lines.written()).singleElement().asString().contains("\"memos\"", "its 1 rows are gone");
        }
    }

    @Test
    void aTableWithoutACodec_isMadeEmpty() {
        TableSpec<Old> bare = TableSpec.of("memos", Old.class, Old.NAME);
        RWTable<Old> before = db.create(bare);
        put(before, "a", 1);
        RunningReconciler<Old> first = reconcilers.start("disk", before, oldTarget(), OPTIONS);
        clock.runUntilIdle();
        stop(first);
        capture(before);
        RejectedRows rejected = new RejectedRows(home);
        RWTable<Old> after = revive(bare, rejected);
        assertThat(after.count(db.readTxn())).isZero();
        assertThat(after.revision(db.readTxn()))
                .as("revisions never come again")
                .isEqualTo(1);
        assertThat(carried.left(keeping(rejected), "memos/disk", after).notes()).isEmpty();
    }

    @Test
    void aRowThatItsCodecCannotWrite_isSetAsideAsItsText() {
        RowCodec<Old> odd = new RowCodec<>() {
            @Override
            public Tree encode(Old row) {
                if (row.size() == 1) {
                    throw new NoClassDefFoundError("Formatter");
                }
                return Tree.scalar(Instant.EPOCH);
            }

            @Override
            public Old decode(Tree document) {
                throw new AssertionError("nothing was written");
            }
        };
        RWTable<Old> before =
                db.create(TableSpec.of("memos", Old.class, Old.NAME).codec(odd));
        put(before, "a", 1);
        put(before, "b", 2);
        capture(before);
        RejectedRows rejected = new RejectedRows(home);
        revive(Old.TABLE, rejected);
        assertThat(rejected.all())
                .extracting(RejectedRow::reason)
                .satisfiesExactly(
                        first -> assertThat(first).contains("could not write it: Formatter"),
                        second -> assertThat(second).contains("java.time.Instant"));
        assertThat(rejected.all().getFirst().document())
                .isEqualTo(Tree.scalar(old("a", 1).toString()));
    }

    @Test
    void aDamagedFile_isKeptUnderAnotherName() throws IOException {
        Path directory = Files.createDirectories(home.resolve(RejectedRows.DIRECTORY));
        Files.writeString(directory.resolve("memos.json"), "{\"rows\": [{");
        assertThat(new RejectedRows(home).all()).isEmpty();
        assertThat(directory.resolve("memos.json.unreadable")).hasContent("{\"rows\": [{");
    }

    @Test
    void whatWasSetAsideBefore_isThereAgain_whenTheVersionThatTookItFails() {
        RejectedRows rejected = new RejectedRows(home);
        RWTable<Old> before = oldTable();
        put(before, "large", 99);
        capture(before);
        RWTable<New> narrow = revive(New.TABLE, rejected);
        assertThat(rejected.all()).hasSize(1);
        Carried next = Carried.collecting();
        StateDatabase.remove(db, narrow, last -> next.tableRemoved(keeping(rejected), narrow, "", last));
        RWTable<Old> wide = next.makeTable(keeping(rejected), CodecChoice.of(Old.TABLE), List.of());
        assertThat(wide.count(db.readTxn())).isEqualTo(1);
        assertThat(rejected.all()).isEmpty();
        db.remove(wide); // it failed later on
        next.makeTable(keeping(rejected), CodecChoice.of(New.TABLE), List.of());
        assertThat(rejected.all()).singleElement().returns("large", RejectedRow::key);
    }

    @Test
    void rowsOfATableThatNoVersionMakes_areSetAside_andComeBackWithIt() {
        RowOwner owner = new RowOwner("manifests", "web.yaml");
        owners.all.put(Keys.STRING.encode("b"), owner);
        RWTable<Old> before = oldTable();
        FakeTarget<Old> target = oldTarget();
        put(before, "a", 1);
        put(before, "b", 2);
        put(before, "gone", 3);
        RunningReconciler<Old> first = reconcilers.start("disk", before, target, OPTIONS);
        clock.runUntilIdle();
        target.next("gone", Fault.error("busy"));
        db.write(before, txn -> before.delete(txn, old("gone", 3)));
        clock.runUntilIdle();
        stop(first);
        capture(before);
        RejectedRows rejected = new RejectedRows(home);
        db.remove(revive(New.TABLE, rejected));
        db.remove(revive(Old.TABLE, rejected));
        try (LogLines lines = LogLines.of("dev.homeostat.host.handover")) {
            carried.setAside(keeping(rejected), "nothing runs");
            carried.close();
            assertThat(lines.written()).singleElement().asString().contains("3 rows are set aside", "nothing runs");
        }
        owners.all.clear();
        RejectedRows restarted = new RejectedRows(home);
        assertThat(restarted.all()).extracting(RejectedRow::key).containsExactlyInAnyOrder("a", "b", "gone");
        RWTable<Old> again = Carried.nothing().makeTable(keeping(restarted), CodecChoice.of(Old.TABLE), List.of());
        assertThat(again.all(db.readTxn()).values()).containsExactly(old("a", 1), old("b", 2));
        assertThat(owners.all)
                .as("its source is to have it again")
                .containsOnly(Map.entry(Keys.STRING.encode("b"), owner));
        assertThat(restarted.all())
                .as("a delete is no row that comes back")
                .singleElement()
                .returns("gone", RejectedRow::key)
                .returns(true, RejectedRow::deleted);
    }

    @Test
    void aRowThatIsSetAside_isForgotten_whenItsSourceSaysWhatItWants() {
        RowOwner known = new RowOwner("manifests", "web.yaml");
        owners.all.put(Keys.STRING.encode("x"), known);
        owners.all.put(Keys.STRING.encode("y"), new RowOwner("manifests", "broken.yaml"));
        RWTable<Old> before = oldTable();
        put(before, "x", 98);
        put(before, "y", 99);
        put(before, "z", 99);
        capture(before);
        revive(New.TABLE, new RejectedRows(home));
        RejectedRows restarted = new RejectedRows(home);
        restarted.forgetSettled((table, owner) -> table.equals("memos") && owner.equals(known));
        assertThat(restarted.all()).extracting(RejectedRow::key).containsExactly("y", "z");
        assertThat(new RejectedRows(home).all()).hasSize(2);
    }

    @Test
    void aPrune_isHeld_whileARowIsSetAside() {
        RWTable<Old> before = oldTable();
        put(before, "small", 1);
        put(before, "large", 99);
        capture(before);
        RejectedRows rejected = new RejectedRows(home);
        RWTable<New> after = revive(New.TABLE, rejected);
        FakeTarget<New> target = newTarget();
        target.tamper("large", new New("large", "", 10, ""));
        RunningReconciler<New> running = Reconcilers.builder(db, clock)
                .registry(new ReconcilerRegistry(db, () -> 1, rejected::holdsPrunes))
                .build()
                .start("disk", after, target, OPTIONS);
        clock.runUntilIdle();
        running.prune();
        clock.runUntilIdle();
        assertThat(target.objects()).containsKey("large");
        assertThat(running.heldPrune().orElseThrow().reason()).contains("1 row(s)", "\"large\"", "db rejected memos");
        assertThat(running.health().ok()).isFalse();
        db.write(after, txn -> after.insert(txn, new New("large", "brought again", 9, "")));
        target.tamper("stray", new New("stray", "", 1, ""));
        running.prune();
        clock.runUntilIdle();
        assertThat(target.objects()).as("a row that is there holds nothing").containsOnlyKeys("small", "large");
        assertThat(running.health().ok()).isTrue();
    }

    @Test
    void rowsThatAreDeletedBeforeTheNextReconcilerFollows_areDeletedAtTheTarget() {
        RWTable<Old> before = oldTable();
        put(before, "a", 1);
        put(before, "b", 2);
        put(before, "c", 3);
        RunningReconciler<Old> first = reconcilers.start("disk", before, oldTarget(), OPTIONS);
        clock.runUntilIdle();
        stop(first);
        capture(before);
        RejectedRows rejected = new RejectedRows(home);
        RWTable<New> after = revive(New.TABLE, rejected);
        db.write(after, txn -> after.delete(txn, New.NAME.query("a"))); // by a source, as soon as the table is there
        FakeTarget<New> target = newTarget();
        RunningReconciler<New> second = reconcilers.start("disk", after, target, OPTIONS, () -> {
            Remembered<New> left = carried.left(keeping(rejected), "memos/disk", after);
            db.write(after, txn -> after.delete(txn, New.NAME.query("b"))); // by anybody, at the worst time
            return left;
        });
        clock.runUntilIdle();
        assertThat(target.count("delete a")).isEqualTo(1);
        assertThat(target.count("delete b")).isEqualTo(1);
        assertThat(target.count("update c")).isZero();
        assertThat(second.undoneDeletes()).isEmpty();
        carried.close();
        clock.advance(Duration.ofMinutes(1));
        assertThat(after.stats().graveyard())
                .as("nobody follows the table any more")
                .isZero();
    }
}
