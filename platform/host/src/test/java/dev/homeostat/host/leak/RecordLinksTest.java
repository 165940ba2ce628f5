package dev.homeostat.host.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RecordLinksTest {
    /** A record with a component of a class of the same loader. */
    public record Outer(Inner inner) implements Supplier<String> {
        /** Links all three, of both. */
        @Override
        public String get() {
            return toString() + hashCode() + equals(new Outer(new Inner(2)));
        }
    }

    /** The component. */
    public record Inner(int number) {}

    /** Makes one. */
    public static final class Use implements Supplier<String> {
        /** Called by reflection. */
        public Use() {}

        @Override
        public String get() {
            return new Outer(new Inner(1)).get();
        }
    }

    /** Has its own classes of the same names, as the loader of a plugin has. */
    private static final class Own extends ClassLoader {
        Own() {
            super(RecordLinksTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return name.startsWith(RecordLinksTest.class.getName()) ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in =
                    RecordLinksTest.class.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void records_linkedLastOfAll_areCollected() throws Exception {
        WeakReference<ClassLoader> loader = use();
        Collector collector = JvmCollector.ofPlatform();
        await().until(() -> {
            collector.collect();
            return loader.refersTo(null);
        });
    }

    private static WeakReference<ClassLoader> use() throws Exception {
        ClassLoader loader = new Own();
        Class<?> type = loader.loadClass(Use.class.getName());
        Supplier<?> use = (Supplier<?>) type.getConstructor().newInstance();
        assertThat(use.get().toString())
                .startsWith("Outer[inner=Inner[number=1]]")
                .endsWith("false");
        assertThat(type).isNotEqualTo(Use.class);
        return new WeakReference<>(loader);
    }
}
