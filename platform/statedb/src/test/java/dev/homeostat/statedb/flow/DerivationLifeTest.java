package dev.homeostat.statedb.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.api.flow.Derivation.State;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.statedb.testing.Memo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Promise A28: initialization, and how a derivation ends. */
final class DerivationLifeTest extends DerivationLab {

    @Test
    void promise_A28_initialization_comesWithTheLastRow_inOneTransaction() {
        derive();
        assertThat(pending()).isTrue();
        put("m1", "a");
        scheduler.runUntilIdle();
        assertThat(pending()).isTrue();
        List<List<String>> atInitialization = new ArrayList<>();
        parts.initializedWatch(db.readTxn()).onClose(() -> atInitialization.add(tags()));
        db.write(memos, txn -> {
            memos.insert(txn, Memo.of("m2", "b"));
            memos.initializer("source").complete(txn);
            return true;
        });
        scheduler.runUntilIdle();
        assertThat(pending()).isFalse();
        assertThat(atInitialization).containsExactly(List.of("a", "b"));
    }

    @Test
    void promise_A28_initialization_ofAnEmptyTable() {
        derive();
        initialize();
        scheduler.runUntilIdle();
        assertThat(pending()).isFalse();
    }

    @Test
    void promise_A28_initialization_waitsForEveryRow_andIsNotCompletedByFailure() {
        put("m1", "a", "!");
        put("m2", "b:1:x");
        put("m3", "c:1:x");
        initialize();
        derive();
        assertThat(pending()).isTrue();
        put("m1", "a");
        scheduler.runUntilIdle();
        assertThat(pending()).as("m3 is refused").isTrue();
        put("m3", "c:1:z");
        scheduler.runUntilIdle();
        assertThat(pending()).isFalse();
        put("m1", "!");
        scheduler.runUntilIdle();
        assertThat(pending()).as("it is final").isFalse();
    }

    @Test
    void promise_A28_initialization_isNotCompletedByClosing_andAddedWhereItIsMissing() {
        RWTable<Part> out = db.create(TableSpec.of("out", Part.class, Part.NAME), "another");
        Derivation<Memo, Part> derivation = Derivation.start(db, scheduler, memos, out, Part::of);
        assertThat(out.pendingInitializers(db.readTxn())).containsExactly("another", "derived from memos");
        derivation.close();
        initialize();
        scheduler.runUntilIdle();
        assertThat(out.pendingInitializers(db.readTxn())).containsExactly("another", "derived from memos");
    }

    @Test
    void promise_A28_aTableThatCountsAsInitialized_isRefused() {
        RWTable<Part> out = db.create(TableSpec.of("out", Part.class, Part.NAME));
        assertThatThrownBy(() -> Derivation.start(db, scheduler, memos, out, Part::of))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"out\"")
                .hasMessageContaining("derived from memos");
        assertThat(memos.stats().changeIterators()).isZero();
    }

    @Test
    void promise_A28_chain_passesInitializationThrough() {
        TableSpec<Part> spec = TableSpec.of("shouts", Part.class, Part.NAME);
        RWTable<Part> shouts = db.create(spec, Derivation.initializerFrom(parts));
        Derivation.start(db, scheduler, parts, shouts, part -> List.of(new Part(part.name() + "!", part.text(), null)));
        derive();
        put("m1", "a:1", "b:1");
        scheduler.runUntilIdle();
        assertThat(shouts.all(db.readTxn()).values().map(Part::tag)).containsExactly("a!:1", "b!:1");
        assertThat(shouts.initialized(db.readTxn())).isFalse();
        put("m2", "!");
        initialize();
        scheduler.runUntilIdle();
        assertThat(shouts.initialized(db.readTxn())).isFalse();
        put("m2", "c:1");
        List<Long> rows = new ArrayList<>();
        shouts.initializedWatch(db.readTxn()).onClose(() -> rows.add(shouts.count(db.readTxn())));
        scheduler.runUntilIdle();
        assertThat(rows).containsExactly(3L);
    }

    @Test
    void promise_A28_close_releasesTheIteratorAndTheListeners_andRowsStay() {
        put("memo", "a");
        Derivation<Memo, Part> derivation = derive();
        assertThat(memos.stats().changeIterators()).isOne();
        derivation.close();
        derivation.close();
        assertThat(derivation.state()).isEqualTo(State.CLOSED);
        assertThat(memos.stats().changeIterators()).isZero();
        assertThat(listeners(memos.all(db.readTxn()).watch())).isZero();
        assertThat(listeners(memos.initializedWatch(db.readTxn()))).isZero();
        assertThat(listeners(parts.all(db.readTxn()).watch())).isZero();
        put("memo", "b");
        scheduler.runUntilIdle();
        assertThat(tags()).containsExactly("a");
    }

    @Test
    void promise_A28_closeDuringALook_writesNothingAnyMore() {
        List<Derivation<Memo, Part>> self = new ArrayList<>();
        put("memo", "a");
        self.add(Derivation.start(db, scheduler, memos, parts, memo -> {
            self.getFirst().close();
            return Part.of(memo);
        }));
        scheduler.runUntilIdle();
        assertThat(tags()).isEmpty();
        assertThat(self.getFirst().state()).isEqualTo(State.CLOSED);
        assertThat(memos.stats().changeIterators()).isZero();
    }

    @Test
    void promise_A28_closeUnderTheLockOfTheDerivedTable_doesNotWait() {
        put("memo", "a");
        Derivation<Memo, Part> derivation = Derivation.start(db, scheduler, memos, parts, Part::of);
        try (WriteTxn txn = db.writeTxn(parts)) {
            derivation.close();
            txn.commit();
        }
        scheduler.runUntilIdle();
        assertThat(tags()).isEmpty();
    }

    @Test
    void promise_A28_removedTables_endIt() {
        put("memo", "a");
        Derivation<Memo, Part> derivation = derive();
        db.remove(parts);
        scheduler.runUntilIdle();
        assertThat(derivation.state()).isEqualTo(State.ENDED);
        assertThat(derivation.reason()).contains("\"parts\"", "removed");
        assertThat(memos.stats().changeIterators()).isZero();
        put("memo", "b");
        scheduler.advance(Duration.ofHours(1));
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.INFO));
        derivation.close();
        assertThat(derivation.state()).isEqualTo(State.ENDED);

        RWTable<Part> again = db.create(Part.TABLE, Derivation.initializerFrom(memos));
        Derivation<Memo, Part> other = Derivation.start(db, scheduler, memos, again, Part::of);
        scheduler.runUntilIdle();
        db.remove(memos);
        scheduler.runUntilIdle();
        assertThat(other.state()).isEqualTo(State.ENDED);
        assertThat(other.reason()).contains("\"memos\"", "removed");
        assertThat(again.count(db.readTxn())).isOne();
        assertThat(again.initialized(db.readTxn())).isFalse();
    }

    @Test
    void promise_A28_schedulerThatRefuses_endsIt() {
        Refusing refusing = new Refusing(scheduler);
        Derivation<Memo, Part> derivation = Derivation.start(db, refusing, memos, parts, Part::of);
        scheduler.runUntilIdle();
        refusing.refuses = true;
        put("memo", "a");
        assertThat(derivation.state()).isEqualTo(State.ENDED);
        assertThat(derivation.reason()).contains("scheduler");
        assertThat(memos.stats().changeIterators()).isZero();
    }

    @Test
    void promise_A28_aWriteThatFailsAsAWhole_isTriedAgain() {
        List<Boolean> broken = new ArrayList<>();
        Index<Part, String> fickle = Index.multi("fickle", Keys.STRING, part -> {
            if (!broken.isEmpty() && part.name().equals("a")) {
                throw new IllegalStateException("planted");
            }
            return List.of(part.text());
        });
        RWTable<Part> out =
                db.create(TableSpec.of("out", Part.class, Part.NAME).index(fickle), Derivation.initializerFrom(memos));
        put("memo", "a");
        Derivation<Memo, Part> derivation = Derivation.start(db, scheduler, memos, out, Part::of);
        scheduler.runUntilIdle();
        broken.add(true);
        delete("memo");
        put("other", "b");
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(derivation.state()).isEqualTo(State.HELD_UP);
        assertThat(derivation.reason()).contains("planted");
        assertThat(warnings()).as("said once").hasSize(1);
        broken.clear();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(derivation.state()).isEqualTo(State.FOLLOWING);
        assertThat(derivation.reason()).isEmpty();
        assertThat(out.all(db.readTxn()).values()).containsExactly(Part.parse("b"));
    }

    @Test
    void promise_A28_aTableIsNotDerivedFromItself() {
        assertThatThrownBy(() -> Derivation.start(db, scheduler, memos, memos, List::of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from itself");
    }

    /** A scheduler that refuses when it is told to. */
    private static final class Refusing implements Scheduler {
        private final Scheduler scheduler;
        private boolean refuses;

        Refusing(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public Instant instant() {
            return scheduler.instant();
        }

        @Override
        public long nanoTime() {
            return scheduler.nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            if (refuses) {
                throw new RejectedExecutionException("planted");
            }
            scheduler.execute(task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return scheduler.schedule(delay, task);
        }
    }
}
