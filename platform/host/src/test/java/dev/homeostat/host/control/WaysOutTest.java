package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one can do about a row. */
final class WaysOutTest {
    private final Example example = new Example();

    @AfterEach
    void close() {
        example.close();
    }

    private List<String> of(String key, String modeFrom, boolean paused) {
        return of(key, modeFrom, paused, on -> false);
    }

    private List<String> of(String key, String modeFrom, boolean paused, Predicate<Blocker> missing) {
        return WaysOut.of(
                        example.disk.explain(Keys.STRING.encode(key)).orElseThrow(),
                        example.disk,
                        modeFrom,
                        paused,
                        missing)
                .stream()
                .map(way -> way.command().replaceFirst("homeostat ", ""))
                .toList();
    }

    @Test
    void aRowThatIsRetried_canBeTriedNow_orKeptFromIt() {
        assertThat(of("b.txt", "default", false))
                .containsExactly("reconcilers retry docs/disk b.txt", "reconcilers pause docs/disk b.txt");
    }

    @Test
    void aRowThatIsDone_canBeChecked_andOneThatIsPending_mustBeWaitedFor() {
        assertThat(of("a.txt", "default", false)).containsExactly("reconcilers refresh docs/disk a.txt");
        assertThat(of("new.txt", "default", false)).isEmpty();
    }

    @Test
    void aPause_isEndedWhereItWasBegun() {
        assertThat(of("b.txt", "default", true))
                .containsExactly("reconcilers resume docs/disk b.txt", "reconcilers retry docs/disk b.txt");
        assertThat(of("a.txt", "default", true)).containsExactly("reconcilers resume docs/disk a.txt");
        example.disk.options(Options.defaults().mode(Mode.PAUSED));
        assertThat(of("a.txt", "command at 2026-01-02T03:04:05Z", false)).startsWith("reconcilers resume docs/disk");
        assertThat(of("a.txt", "conf/homeostat.yaml:3", false)).startsWith("reconcilers mode docs/disk apply");
    }

    @Test
    void modePlan_isLeft_orItsPlanRead() {
        example.disk.options(Options.defaults().mode(Mode.PLAN));
        assertThat(of("new.txt", "default", false))
                .containsExactly("reconcilers mode docs/disk apply", "reconcilers plan docs/disk");
    }

    @Test
    void whatItIsBlockedOn_canBeLookedAt_andWordsAreQuotedForAShell() {
        Blocker on = new Blocker("links", "eth 0's");
        example.disk.status(Keys.STRING.encode("new.txt"), Status.blocked(4, FakeHost.NOW, "not up", 1, on));
        assertThat(of("new.txt", "default", false)).startsWith("explain links 'eth 0'\\''s'");
    }

    @Test
    void aRowThatIsMissing_canBeInserted() {
        Blocker on = new Blocker("links", "eth0");
        example.disk.status(Keys.STRING.encode("new.txt"), Status.blocked(4, FakeHost.NOW, "not up", 1, on));
        assertThat(of("new.txt", "default", false, on::equals)).startsWith("db insert links -f FILE");
    }
}
