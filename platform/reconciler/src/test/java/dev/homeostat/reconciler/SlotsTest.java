package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private static final Options OPTIONS = Lab.OPTIONS.rounds(3, 1000).concurrency(20);

    private final Lab lab = new Lab();
    private final RoundLimit rounds = new RoundLimit();
    private final Slots<Item> slots = slots();

    @Test
    void promise_B7_operationsThatAreTakenBackCountInTheirRoundNoMore() {
        assertThat(startAll(3)).isEqualTo(3);
        slots.launch();
        slots.takeBackAll();
        assertThat(startAll(5)).isEqualTo(3);
    }

    @Test
    void promise_B7_whatRunsAloneIsCountedInNoRound_norGivenBackToOne() {
        assertThat(startAll(3)).isEqualTo(3);
        slots.startAlone(attempt());
        slots.launch();
        slots.takeBackAll();
        assertThat(startAll(5))
                .as("three were taken back, and one that ran alone")
                .isEqualTo(3);
    }

    private int startAll(int most) {
        int started = 0;
        while (started < most && rounds.allows(OPTIONS, lab.clock.nanoTime())) {
            rounds.take();
            slots.start(attempt());
            started++;
        }
        return started;
    }

    private static Attempt<Item> attempt() {
        return Attempt.ofPrune(new Nothing(), null, null, 1, 1, Cause.PRUNE);
    }

    private Slots<Item> slots() {
        Setup<Item> setup = new Setup<>(
                "slots",
                lab.db,
                lab.items,
                lab.target,
                BesideTheRow.create(lab.db, Item.TABLE, "slots"),
                new PausedKeys(),
                new Plan(lab.db, "slots-plan"),
                lab.clock,
                new ReconcilerRegistry(lab.db));
        Outbox outbox = new Outbox(lab.clock, new EventLoop(lab.clock)); // nobody empties it, so nothing begins
        return new Slots<>(setup, outbox, new TurnTime(lab.clock), () -> OPTIONS, rounds);
    }

    private static final class Nothing implements Task<Item> {
        @Override
        public boolean isWanted(Attempt<Item> attempt, ReadTxn newest) {
            return true;
        }

        @Override
        public String text(Attempt<Item> attempt) {
            return "";
        }

        @Override
        public Outcome run(Attempt<Item> attempt) {
            return Outcome.done();
        }

        @Override
        public void ended(Attempt<Item> attempt, Outcome outcome) {}

        @Override
        public void endedLate(Attempt<Item> attempt) {}

        @Override
        public void skipped(Attempt<Item> attempt) {}

        @Override
        public void takenBack(Attempt<Item> attempt) {}
    }
}
