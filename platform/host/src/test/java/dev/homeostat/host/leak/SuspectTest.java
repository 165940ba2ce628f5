package dev.homeostat.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What counts as keeping a loader, and metrics among it. */
final class SuspectTest {
    private final ClassLoader gone = new URLClassLoader("gone", new URL[0], SuspectTest.class.getClassLoader());
    private final Suspect suspect = Suspect.of("gone", gone, List.of());
    private final MetricRegistry registry = new MetricRegistry();

    /** As the loader of a plugin is that depends on others. */
    private static final class Upon extends URLClassLoader implements BuiltUpon {
        private final ClassLoader dependency;

        Upon(String name, ClassLoader dependency) {
            super(name, new URL[0], SuspectTest.class.getClassLoader());
            this.dependency = dependency;
        }

        @Override
        public boolean isBuiltUpon(ClassLoader other) {
            return dependency.equals(other);
        }
    }

    /** An object of a class of that loader. */
    private static Supplier<?> objectOf(ClassLoader loader) {
        return (Supplier<?>)
                Proxy.newProxyInstance(loader, new Class<?>[] {Supplier.class}, (proxy, method, arguments) -> null);
    }

    private static Gauge<Object> over(Supplier<?> supplier) {
        return supplier::get;
    }

    private List<String> metrics() {
        List<String> found = new ArrayList<>();
        new MetricPins(registry).find(suspect, pin -> found.add(pin.what() + "; " + pin.remedy()));
        return found;
    }

    @Test
    void metricOverAnObjectOfAPlugin_isNamed_withWhatToDo() {
        registry.register("left", over(objectOf(gone)));
        registry.register("ours", (Gauge<Integer>) () -> 1);
        registry.register("others", over(objectOf(new URLClassLoader(new URL[0], gone.getParent()))));
        assertThat(metrics())
                .singleElement()
                .satisfies(pin -> assertThat(pin)
                        .startsWith("metric \"left\" in the host's registry")
                        .contains("ctx.gauge"));
    }

    @Test
    void metricOfAClassThatIsThePlugins_isNamed() {
        registry.register("left", (Gauge<?>)
                Proxy.newProxyInstance(gone, new Class<?>[] {Gauge.class}, (proxy, method, arguments) -> null));
        assertThat(metrics()).hasSize(1);
    }

    @Test
    void loaderThatIsBuiltUponIt_keepsIt_withAllThatItsOwnFramesShow() {
        Upon upon = new Upon("upon", gone);
        assertThat(suspect.isKeptBy(upon)).isTrue();
        assertThat(suspect.isKeptBy(new URLClassLoader(new URL[0], upon))).isTrue();
        assertThat(suspect.isKeptBy(new Upon("other", gone.getParent()))).isFalse();
        assertThat(suspect.isKeptBy(gone.getParent())).isFalse();
        assertThat(Suspect.of("gone", gone, List.of(upon, new Upon("other", gone.getParent())))
                        .frameNames())
                .containsExactlyInAnyOrder("gone", "upon");
    }
}
