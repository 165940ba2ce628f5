package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Blocker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A change of the row that somebody is blocked on, before, between and after all that is done to see it. */
final class BlockersTest {
    private static final Blocker ETH0 = new Blocker("links", "eth0");

    private final Lab lab = new Lab();
    private final Events events = new Events();
    private final EventLoop loop = new EventLoop(lab.clock);
    private final Work<Item> work = new Work<>(Item.key("a"));
    private final Blockers<Item> blockers;

    /** Done once, right before the next snapshot is taken. */
    private @Nullable Runnable beforeTheLook;

    /** Done once, when the next snapshot is taken, and no watch of it. */
    private @Nullable Runnable afterTheLook;

    BlockersTest() {
        loop.drive(events);
        Setup<Item> setup = new Setup<>(
                "lab",
                meddling(),
                lab.items,
                lab.target,
                BesideTheRow.create(lab.db, Item.TABLE, "lab"),
                new PausedKeys(),
                new Plan(lab.db, "lab-plan"),
                lab.clock,
                new ReconcilerRegistry(lab.db));
        blockers = new Blockers<>(setup, loop, new Waits(new PausedKeys()));
    }

    @Test
    void promise_B18_aChangeBetweenTheAttemptAndTheFirstLook_isDueNow() {
        Links links = new Links(lab);
        ReadTxn attempt = lab.db.readTxn();
        beforeTheLook = () -> links.put("eth0", "up");
        assertThat(blockers.add(work, ETH0, attempt)).isFalse();
        assertThat(blockers.works()).isZero();
    }

    @Test
    void promise_B18_aChangeBetweenTheFirstLookAndItsWatch_wakes() {
        Links links = new Links(lab);
        ReadTxn attempt = lab.db.readTxn();
        afterTheLook = () -> links.put("eth0", "up");
        assertThat(blockers.add(work, ETH0, attempt)).isTrue();
        assertThat(nextLooks()).containsExactly(work);
    }

    @Test
    void promise_B18_aChangeAfterTheWatch_wakes() {
        Links links = new Links(lab);
        assertThat(blockers.add(work, ETH0, lab.db.readTxn())).isTrue();
        assertThat(nextLooks()).isEmpty();
        links.put("eth0", "up");
        assertThat(nextLooks()).containsExactly(work);
    }

    @Test
    void promise_B18_aChangeBeforeALaterLook_wakesInIt() {
        Links links = blocked();
        links.put("eth0", "1");
        assertThat(nextLooks()).containsExactly(work);
        beforeTheLook = () -> links.put("eth0", "2");
        assertThat(lookAgain()).as("a look that nobody asked for").containsExactly(work);
    }

    @Test
    void promise_B18_aChangeBetweenALaterLookAndItsWatch_wakesInTheNext() {
        Links links = blocked();
        afterTheLook = () -> links.put("eth0", "2");
        assertThat(lookAgain()).isEmpty();
        assertThat(nextLooks()).containsExactly(work);
    }

    @Test
    void promise_B18_eachOfManyChangesBetweenLooks_wakes() {
        Links links = blocked();
        for (int i = 0; i < 5; i++) {
            links.put("eth0", "change " + i);
            beforeTheLook = () -> links.put("eth0", "before");
            afterTheLook = () -> links.put("eth0", "after");
            assertThat(nextLooks()).as("in this look, and in the next").containsExactly(work, work);
        }
    }

    @Test
    void promise_B18_aLookThatBreaksIsTakenAgain() {
        Links links = blocked();
        links.put("eth0", "up");
        beforeTheLook = () -> {
            throw new StackOverflowError("planted");
        };
        assertThatThrownBy(this::nextLooks).hasMessage("planted");
        links.put("eth0", "still up");
        lab.advance(Duration.ofSeconds(1));
        assertThat(nextLooks()).containsExactly(work);
    }

    @Test
    void promise_B18_aFirstLookThatBreaksLeavesNothingBehind() {
        Links links = new Links(lab);
        beforeTheLook = () -> {
            throw new StackOverflowError("planted");
        };
        assertThatThrownBy(() -> blockers.add(work, ETH0, lab.db.readTxn())).hasMessage("planted");
        assertThat(work.blockedOn).isNull();
        assertThat(blockers.add(work, ETH0, lab.db.readTxn())).isTrue();
        links.put("eth0", "up");
        assertThat(nextLooks()).containsExactly(work);
    }

    @Test
    void promise_B18_nobodyWaitsForARowThatNothingCanTellOf() {
        ReadTxn attempt = lab.db.readTxn();
        afterTheLook = () ->
                new Links(lab).put("eth0", "up"); // a table that comes between the snapshot and the look through it
        assertThat(blockers.add(work, ETH0, attempt)).isFalse();
    }

    /** With a look behind it. */
    private Links blocked() {
        Links links = new Links(lab);
        assertThat(blockers.add(work, ETH0, lab.db.readTxn())).isTrue();
        return links;
    }

    private List<Work<Item>> lookAgain() {
        BlockingRow<Item> row = work.blockedOn;
        return row == null ? List.of() : blockers.lookAgain(row);
    }

    /** What is woken by the looks that were asked for, and by those that these ask for. */
    private List<Work<Item>> nextLooks() {
        List<Work<Item>> woken = new ArrayList<>();
        for (lab.clock.runUntilIdle(); !events.taken.isEmpty(); lab.clock.runUntilIdle()) {
            if (events.taken.removeFirst() instanceof Event.BlockerChanged changed) {
                woken.addAll(blockers.lookAgain(changed.row()));
            }
        }
        return woken;
    }

    private Database meddling() {
        return (Database) Proxy.newProxyInstance(
                BlockersTest.class.getClassLoader(), new Class<?>[] {Database.class}, (_, called, arguments) -> {
                    boolean look = called.getName().equals("readTxn");
                    Runnable before = look ? beforeTheLook : null;
                    if (before != null) {
                        beforeTheLook = null;
                        before.run();
                    }
                    try {
                        Object result = called.invoke(lab.db, arguments);
                        Runnable after = look ? afterTheLook : null;
                        if (after != null) {
                            afterTheLook = null;
                            after.run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Keeps the events. */
    private static final class Events implements EventLoop.Machine {
        private final List<Event> taken = new ArrayList<>();

        @Override
        public void take(Event event) {
            taken.add(event);
        }

        @Override
        public void decide() {}

        @Override
        public void broke(Throwable fault) {
            throw new AssertionError(fault);
        }

        @Override
        public @Nullable Flight<?> act(boolean keepOne) {
            return null;
        }
    }
}
