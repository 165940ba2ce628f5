package dev.homeostat.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.TableStats;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.ReconcilerStats;
import dev.homeostat.host.HostFixture;
import dev.homeostat.host.PluginJar;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real host with one plugin publishes is what the list says, no more and no less. */
final class MetricsOfAHostTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void startHost() throws Exception {
        host = new HostFixture(directory)
                .file("conf/homeostat.yaml", "sources: []\nhttp: {port: %d}\n".formatted(HostFixture.freePort()))
                .with(PluginJar.modular("one", """
                    RWTable<String> names = ctx.table(TableSpec.of("names", String.class, Index.unique("id", Keys.STRING, s -> s)));
                    ctx.reconciler("r", names, new Operations<String>() {
                        public Outcome update(OperationContext c, String row) { return Outcome.done(); }
                        public Outcome delete(OperationContext c, String row) { return Outcome.done(); }
                    }, Options.defaults());
                    ctx.gauge("value", () -> new java.math.BigDecimal("1.5"));
                    ctx.counter("events");
                    ctx.stopwatch("duration");
                    """), "one.jar")
                .start();
    }

    @AfterEach
    void stopHost() throws Exception {
        host.close();
        assertThat(beans()).isEmpty();
    }

    private Set<ObjectName> beans() throws Exception {
        return server.queryNames(new ObjectName("dev.homeostat.metrics:*"), null);
    }

    private ObjectName bean(String metric) throws Exception {
        Set<ObjectName> found = server.queryNames(
                new ObjectName("dev.homeostat.metrics:name=" + ObjectName.quote(metric) + ",*"), null);
        if (found.isEmpty()) {
            found = server.queryNames(new ObjectName("dev.homeostat.metrics:name=" + metric + ",*"), null);
        }
        assertThat(found).as(metric).hasSize(1);
        return found.iterator().next();
    }

    private static String metric(ObjectName bean) {
        String name = bean.getKeyProperty("name");
        return name.startsWith("\"") ? ObjectName.unquote(name) : name;
    }

    private static Set<String> metrics(Figure figure) {
        return subjects(figure).map(figure::of).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a figure is about in this host. */
    private static Stream<String> subjects(Figure figure) {
        return switch (figure.subject()) {
            case HOST, DATABASE, HTTP, PROCESS, JVM -> Stream.of("");
            case TABLE -> Stream.of("names");
            case RECONCILER -> Stream.of("names/r");
            case PLUGIN -> Stream.of("one");
            case OF_PLUGIN ->
                Stream.of("one/" + figure.name().replace("OF_PLUGIN_", "").toLowerCase(Locale.ROOT));
            case JVM_AREA -> Stream.of("heap", "nonheap");
            case JVM_POOL ->
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> figure != Figure.POOL_COLLECTION_USED || pool.getCollectionUsage() != null)
                        .map(MemoryPoolMXBean::getName);
            case JVM_COLLECTOR ->
                ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName);
            case JVM_BUFFERS ->
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .map(BufferPoolMXBean::getName);
        };
    }

    @Test
    void metricsOfTheHost_areThoseOfTheList() throws Exception {
        Set<String> listed = new TreeSet<>();
        Arrays.stream(Figure.values()).forEach(figure -> listed.addAll(metrics(figure)));
        assertThat(beans().stream().map(MetricsOfAHostTest::metric).sorted().toList())
                .containsExactlyElementsOf(listed);
    }

    @Test
    void everyMetric_canBeReadWhereTheListSays() throws Exception {
        for (Figure figure : Figure.values()) {
            for (String metric : metrics(figure)) {
                String attribute = figure.form().attribute().replaceFirst(",.*", "");
                Object value = server.getAttribute(bean(metric), attribute);
                assertThat(value).as(metric).isInstanceOf(figure.form() == Form.INFO ? String.class : Number.class);
            }
        }
        assertThat(server.getAttribute(bean("plugins.one/value"), "Value")).isEqualTo(1.5);
        assertThat((String) server.getAttribute(bean("host.version"), "Value")).matches("\\d+\\.\\d+.*");
        assertThat(server.getAttribute(bean("host.ready"), "Value")).isEqualTo(1);
        assertThat(server.getAttribute(bean("host.plugins-active"), "Value")).isEqualTo(1L);
        assertThat(server.getAttribute(bean("tables.names.initialized"), "Value"))
                .isEqualTo(1);
    }

    @Test
    void metricsOfAPlugin_goWithIt() throws Exception {
        host.stop("one");
        await().untilAsserted(() -> assertThat(beans().stream().map(MetricsOfAHostTest::metric))
                .contains("plugins.one.active")
                .noneMatch(metric -> metric.startsWith("plugins.one/")
                        || metric.startsWith("tables.")
                        || metric.startsWith("reconcilers.")));
    }

    /** Where the numbers are that the engine's records have; what comes to a record has to come here, and so be thought of. */
    private static final Map<Class<? extends Record>, Map<String, List<Figure>>> PUBLISHED = Map.of(
            TableStats.class,
            Map.of(
                    "objects", List.of(Figure.TABLE_OBJECTS),
                    "revision", List.of(Figure.TABLE_REVISION),
                    "graveyard", List.of(Figure.TABLE_GRAVEYARD),
                    "lowWatermark", List.of(Figure.TABLE_LOW_WATERMARK),
                    "changeIterators", List.of(Figure.TABLE_CHANGE_ITERATORS)),
            ReconcilerStats.class,
            Map.of(
                    "updates", List.of(Figure.RECONCILER_UPDATE),
                    "deletes", List.of(Figure.RECONCILER_DELETE),
                    "refreshes", List.of(Figure.RECONCILER_REFRESHES),
                    "retries", List.of(Figure.RECONCILER_RETRIES),
                    "errors", List.of(Figure.RECONCILER_UPDATE_ERRORS, Figure.RECONCILER_DELETE_ERRORS),
                    "prunes", List.of(Figure.RECONCILER_PRUNE),
                    "pruned", List.of(Figure.RECONCILER_PRUNED),
                    "pruneErrors", List.of(Figure.RECONCILER_PRUNE_ERRORS, Figure.RECONCILER_REMOVAL_ERRORS),
                    "queued", List.of(Figure.RECONCILER_QUEUED),
                    "running", List.of(Figure.RECONCILER_RUNNING)),
            ReconcilerHealth.class,
            Map.of(
                    "ok", List.of(Figure.RECONCILER_DEGRADED),
                    "objects", List.of(Figure.RECONCILER_OBJECTS),
                    "failing", List.of(Figure.RECONCILER_FAILING)));

    @ParameterizedTest
    @ValueSource(classes = {TableStats.class, ReconcilerStats.class, ReconcilerHealth.class})
    void everyNumberThatTheEngineHas_isPublished(Class<? extends Record> type) {
        Map<String, List<Figure>> published = PUBLISHED.getOrDefault(type, Map.of());
        assertThat(Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getType().isPrimitive())
                        .map(RecordComponent::getName))
                .as("components of %s with a metric", type.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(published.keySet());
    }
}
