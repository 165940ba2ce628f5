package dev.homeostat.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.notice.Notices;
import dev.homeostat.host.view.Leak;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When it is looked whether classes are gone, and what is told then. */
final class UnloadWatchTest {
    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final List<Duration> collections = new ArrayList<>();
    private final List<Duration> full = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private List<Pin> pins = List.of();
    private final UnloadWatch watch =
            new UnloadWatch(scheduler, new Pins(List.of((suspect, found) -> pins.forEach(found))), new Collector() {
                @Override
                public void collect() {
                    collections.add(now());
                    Loaders.collect();
                }

                @Override
                public void collectAll() {
                    full.add(now());
                    Loaders.collect();
                }
            });

    /** Kept as something in the process would keep it. */
    private final List<ClassLoader> kept = new ArrayList<>();

    @BeforeEach
    void listen() {
        watch.listen(heard::add);
    }

    private Duration now() {
        return Duration.ofNanos(scheduler.nanoTime());
    }

    private Unloading loaded(String plugin, String version) {
        URLClassLoader loader = new URLClassLoader(plugin + version, new URL[0], null);
        kept.add(loader);
        return watch.loaded(plugin, version, loader);
    }

    @Test
    void settled_onceItIsKnownWhatCameOfAll() {
        assertThat(watch.isSettled()).isTrue();
        loaded("memos", "1.0.0").unloaded();
        assertThat(watch.isSettled()).isFalse();
        scheduler.advance(Duration.ofSeconds(4));
        assertThat(watch.isSettled()).isFalse();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(watch.isSettled()).isTrue();
    }

    @Test
    void collected_isToldToNobody_andLookedForNoMore() {
        Unloading memos = loaded("memos", "1.0.0");
        kept.clear();
        Loaders.awaitCollected(memos::isCollected);
        memos.unloaded();
        scheduler.runUntilIdle();
        assertThat(watch.leaks()).isEmpty();
        assertThat(heard).isEmpty();
        scheduler.advance(Duration.ofHours(1));
        assertThat(collections).isEmpty();
    }

    @Test
    void kept_isLookedForFiveTimesInFiveSeconds_andThenHasLeaked() {
        loaded("memos", "1.0.0").unloaded();
        scheduler.advance(Duration.ofMillis(4499));
        assertThat(watch.leaks()).isEmpty();
        scheduler.advance(Duration.ofMillis(1));
        assertThat(collections).containsExactlyElementsOf(UnloadWatch.LOOKS.subList(0, 4));
        assertThat(full).containsExactly(UnloadWatch.LOOKS.getLast());
        assertThat(heard).containsExactly("memos");
        assertThat(watch.leaks()).singleElement().satisfies(leak -> {
            assertThat(leak.version()).isEqualTo("1.0.0");
            assertThat(leak.since()).isEqualTo(VirtualScheduler.START);
            assertThat(leak.reason()).contains("nothing was found", "docs/operations.md");
        });
    }

    @Test
    void leaked_isLookedForEverMoreRarely_andWhatKeepsItIsToldWhenItChanges() {
        loaded("memos", "1.0.0").unloaded();
        pins = List.of(new Pin("thread \"a\"", "end it"));
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(watch.leaks().getFirst().reason()).isEqualTo("thread \"a\" (end it)");
        collections.clear();
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(collections).hasSizeBetween(8, 12);
        assertThat(heard).hasSize(1);
        pins = List.of(new Pin("thread \"b\"", "end it"));
        scheduler.advance(Duration.ofMinutes(2));
        assertThat(heard).hasSize(2);
        assertThat(watch.leaks().getFirst().reason()).isEqualTo("thread \"b\" (end it)");
    }

    @Test
    void leaked_andCollectedLater_hasLeakedNoMore() {
        Unloading memos = loaded("memos", "1.0.0");
        memos.unloaded();
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(watch.leaks()).hasSize(1);
        kept.clear();
        Loaders.awaitCollected(memos::isCollected);
        scheduler.advance(Duration.ofSeconds(80));
        assertThat(watch.leaks()).isEmpty();
        assertThat(heard).containsExactly("memos", "memos");
    }

    @Test
    void pinsWithOneRemedy_areToldTogether_andNotAllByName() {
        pins = List.of(
                new Pin("thread \"a\"", "end it"),
                new Pin("MBean m", "unregister it"),
                new Pin("thread \"b\"", "end it"),
                new Pin("thread \"c\"", "end it"),
                new Pin("thread \"d\"", "end it"));
        loaded("memos", "1.0.0").unloaded();
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(watch.leaks().getFirst().reason())
                .isEqualTo("thread \"a\", and thread \"b\", and thread \"c\", and 1 more (end it); MBean m (unregister"
                        + " it)");
    }

    @Test
    void unloadedTogether_shareACollection() {
        List<Unloading> all = List.of(loaded("a", "1.0.0"), loaded("b", "1.0.0"), loaded("c", "1.0.0"));
        all.forEach(Unloading::unloaded);
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(collections).hasSize(4);
        assertThat(full).hasSize(1);
        assertThat(watch.leaks()).extracting(Leak::plugin).containsExactly("a", "b", "c");
    }

    @Test
    void finderThatThrows_keepsNoOtherFromLooking() {
        Pins broken = new Pins(List.of(
                (suspect, found) -> {
                    throw new IllegalStateException("planted");
                },
                (suspect, found) -> found.accept(new Pin("the thing", "end it"))));
        ClassLoader loader = new URLClassLoader("x", new URL[0], null);
        assertThat(broken.of(Suspect.of("x", loader, List.of())))
                .extracting(Pin::what)
                .containsExactly("the thing");
    }

    @Test
    void search_keepsNoLoader() {
        WeakReference<ClassLoader> loader = Loaders.search(Pins.in(
                new MetricRegistry(), MBeanServerFactory.newMBeanServer(), new Notices(scheduler, HostBeans.host())));
        Loaders.awaitCollected(() -> loader.refersTo(null));
    }
}
