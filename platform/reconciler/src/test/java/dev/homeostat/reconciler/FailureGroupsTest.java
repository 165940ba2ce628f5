package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fails, by equal errors. */
final class FailureGroupsTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final Lab lab = new Lab();

    private void fail(String name, String reason) {
        lab.breakFor(name, reason);
        lab.put(name, "1");
    }

    @Test
    void errorsThatDifferInTheKeyOnly_areOneGroup_withItsCountAndItsOldest() {
        Instant began = lab.clock.instant();
        for (int i = 0; i < 300; i++) {
            String name = "row-" + i;
            fail(name, i % 3 == 0 ? "cannot write " + name + ": disk full" : i % 3 == 1 ? "no route" : name);
        }
        fail("odd", "no route to odd");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        FailureGroups groups = reconciler.failureGroups(3);
        assertThat(groups.largest())
                .extracting(FailureGroup::error)
                .containsExactly("cannot write {key}: disk full", "no route", "{key}");
        assertThat(groups.largest()).extracting(FailureGroup::count).containsExactly(100L, 100L, 100L);
        assertThat(groups.largest())
                .extracting(group -> group.oldest().key())
                .containsExactly("row-0", "row-1", "row-2");
        assertThat(groups.largest().getFirst().oldest().since()).isEqualTo(began);
        assertThat(groups.errors()).isEqualTo(4);
        assertThat(groups.others()).isEqualTo(1);
    }

    @Test
    void aRowThatFailsNoMore_orWithSomethingElse_leavesItsGroup() {
        fail("a", "no route");
        fail("b", "no route");
        fail("c", "no route");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.breakFor("a", "disk full");
        lab.target.heal();
        lab.breakFor("a", "disk full");
        lab.breakFor("c", "no route");
        lab.advance(Duration.ofSeconds(20));
        assertThat(reconciler.failureGroups(10).largest())
                .extracting(FailureGroup::error)
                .containsExactly("disk full", "no route");
        lab.target.heal();
        lab.advance(Duration.ofSeconds(20));
        assertThat(reconciler.failureGroups(10)).isEqualTo(new FailureGroups(List.of(), 0, 0));
    }

    @Test
    void whatIsGivenUp_andWhatIsToBeDeleted_areGroupsOfTheirOwn() {
        lab.putAll("gone", "stays");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.always("gone", Fault.error("busy"));
        lab.target.always("stays", Fault.permanent("busy"));
        fail("new", "busy");
        lab.put("stays", "2");
        lab.delete("gone");
        lab.clock.runUntilIdle();
        assertThat(reconciler.failureGroups(10).largest())
                .hasSize(3)
                .allSatisfy(group -> assertThat(group.error()).isEqualTo("busy"));
        assertThat(reconciler.failureGroups(0)).isEqualTo(new FailureGroups(List.of(), 3, 3));
    }

    @Test
    void tooManyErrors_areToldApartUpToANumber_andTheOthersCounted() {
        int rows = FailureGroups.MOST_KEPT + 50;
        for (int i = 0; i < rows; i++) {
            fail("row-" + i, "error number " + (i + 100_000));
        }
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.rounds(rows, 1_000_000));
        lab.advance(Duration.ofMillis(1));
        FailureGroups groups = reconciler.failureGroups(10);
        assertThat(groups.errors()).isEqualTo(FailureGroups.MOST_KEPT);
        assertThat(groups.others()).isEqualTo(rows - 10);
        for (int i = 0; i < FailureGroups.MOST_KEPT; i++) {
            lab.breakFor("row-" + i, "the same");
            lab.put("row-" + i, "2");
        }
        lab.advance(Duration.ofSeconds(30));
        assertThat(reconciler.failureGroups(1).largest().getFirst().count()).isEqualTo(FailureGroups.MOST_KEPT);
        assertThat(reconciler.failureGroups(Integer.MAX_VALUE).others())
                .as("those beyond found their place when they failed again")
                .isZero();
    }

    @Test
    void whateverHappens_theGroupsCountWhatFails() {
        Random random = new Random(7);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        for (int step = 0; step < 500; step++) {
            String name = "i" + random.nextInt(20);
            switch (random.nextInt(5)) {
                case 0 -> lab.breakFor(name, "error " + random.nextInt(3));
                case 1 -> lab.target.always(name, Fault.permanent("error of " + name));
                case 2 -> lab.target.heal();
                case 3 -> lab.delete(name);
                default -> lab.put(name, "" + step);
            }
            lab.advance(Duration.ofSeconds(random.nextInt(3)));
            FailureGroups groups = reconciler.failureGroups(Integer.MAX_VALUE);
            assertThat(groups.others()).isZero();
            assertThat(groups.largest().stream().mapToLong(FailureGroup::count).sum())
                    .isEqualTo(reconciler.health().failing());
            reconciler
                    .health()
                    .failures()
                    .forEach(failing -> assertThat(groups.largest())
                            .anySatisfy(group -> assertThat(group.error())
                                    .isEqualTo(ByError.withoutKey(
                                            String.valueOf(failing.status().error()), failing.key()))));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        cannot write a.txt: full    | a.txt      | cannot write {key}: full
        a.txt                       | a.txt      | {key}
        /srv/a.txt, /srv/a.txt.bak  | /srv/a.txt | {key}, {key}.bak
        port 1 of 12 is not 1       | 1          | port {key} of 12 is not {key}
        1 of 1                      | 12         | 1 of 1
        banana a                    | a          | banana {key}
        aaa                         | a          | aaa
        10.0.0.0/8 via 10.0.0.0/80  | 10.0.0.0/8 | {key} via 10.0.0.0/80
        x                           | ''         | x
        """)
    void theKey_isTakenOutWhereItIsAWordOfItsOwn(String error, String key, String expected) {
        assertThat(ByError.withoutKey(error, key)).isEqualTo(expected);
    }
}
