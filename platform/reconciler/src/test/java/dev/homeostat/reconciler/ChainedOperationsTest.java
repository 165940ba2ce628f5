package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A thread that goes on with the next operation after the loop's turn. */
final class ChainedOperationsTest {
    private final Lab lab = new Lab();

    @Test
    void promise_B14_anOperationThatStaysOnItsThreadDoesNotWaitForOthersEvents() {
        RefusingScheduler scheduler = new RefusingScheduler(lab.clock);
        EventLoop loop = new EventLoop(scheduler);
        Chatter chatter = new Chatter(loop, scheduler, lab);
        loop.drive(chatter);
        loop.post(Event.Look.AT_THE_TABLE);
        lab.clock.runUntilIdle();
        assertThat(chatter.turnsAtStart).isBetween(1, 100);
    }

    /** Leaves one operation to the calling thread, and gets another event in each of the next thousand turns. */
    private static final class Chatter implements EventLoop.Machine {
        private final EventLoop loop;
        private final RefusingScheduler scheduler;
        private final Setup<Item> setup;
        private int turns;
        private int turnsAtStart;
        private boolean given;

        Chatter(EventLoop loop, RefusingScheduler scheduler, Lab lab) {
            this.setup = new Setup<>(
                    "chatter",
                    lab.db,
                    lab.items,
                    lab.target,
                    BesideTheRow.create(lab.db, Item.TABLE, "chatter"),
                    new PausedKeys(),
                    new Plan(lab.db, "chatter-plan"),
                    scheduler,
                    new ReconcilerRegistry(lab.db));
            this.loop = loop;
            this.scheduler = scheduler;
        }

        @Override
        public void take(Event event) {}

        @Override
        public void decide() {
            turns++;
        }

        @Override
        public void broke(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public @Nullable Flight<?> act(boolean keepOne) {
            if (turns == 1) {
                Flight<?> first = flight(0);
                scheduler.execute(() -> loop.run(first));
            } else if (turns < 1_000) {
                loop.post(Event.Look.AT_THE_TABLE);
            }
            if (!keepOne || given) {
                return null;
            }
            given = true;
            scheduler.inPlace = true;
            return flight(turns);
        }

        private Flight<Item> flight(int number) {
            Flight<Item> flight = new Flight<>(setup, new TurnTime(scheduler), 1_000_000_000L, 0);
            flight.add(Attempt.ofPrune(new Noting(number), null, null, 1, 1, Cause.PRUNE));
            flight.seal();
            return flight;
        }

        private final class Noting implements Task<Item> {
            private final int number;

            Noting(int number) {
                this.number = number;
            }

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
                if (number > 0) {
                    turnsAtStart = turns - number + 1;
                }
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
}
