package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.mxbean.HostMXBean;
import dev.homeostat.host.mxbean.PluginMXBean;
import dev.homeostat.host.view.PluginView;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class HostBeansTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final Example example = new Example();
    private final HostBeans beans = open();

    private HostBeans open() {
        HostBeans opened = HostBeans.open(example.host, new ControlMethods(example.host), SERVER);
        example.host.plugins.forEach(opened::pluginChanged);
        example.host.tables.forEach(opened::tableAdded);
        example.host.reconcilers.forEach(opened::reconcilerAdded);
        return opened;
    }

    @AfterEach
    void everythingIsGoneAfterwards() throws Exception {
        beans.close();
        example.close();
        assertThat(names()).isEmpty();
    }

    private static Set<ObjectName> names() throws Exception {
        return SERVER.queryNames(new ObjectName("dev.homeostat:*"), null);
    }

    private static Object get(String bean, String attribute) throws Exception {
        return SERVER.getAttribute(new ObjectName(bean), attribute);
    }

    private static String call(String bean, String operation, String... arguments) throws Exception {
        String[] types = Arrays.stream(arguments).map(one -> "java.lang.String").toArray(String[]::new);
        return (String) SERVER.invoke(new ObjectName(bean), operation, arguments, types);
    }

    @Test
    void names_areThoseOfTheContract() throws Exception {
        assertThat(names())
                .extracting(ObjectName::toString)
                .containsExactlyInAnyOrder(
                        "dev.homeostat:type=Host",
                        "dev.homeostat:type=Plugin,id=broken.jar",
                        "dev.homeostat:type=Plugin,id=docs",
                        "dev.homeostat:type=Table,name=docs",
                        "dev.homeostat:type=Reconciler,name=docs/disk");
    }

    @Test
    void everyAttribute_canBeReadAndIsDescribed() throws Exception {
        for (ObjectName name : names()) {
            MBeanInfo info = SERVER.getMBeanInfo(name);
            assertThat(info.getDescription()).as("%s", name).endsWith(".");
            for (MBeanAttributeInfo attribute : info.getAttributes()) {
                String what = name + " " + attribute.getName();
                assertThat(attribute.getDescription()).as(what).contains(" ");
                assertThat(SERVER.getAttribute(name, attribute.getName()))
                        .as(what)
                        .isNotNull();
            }
            for (MBeanOperationInfo operation : info.getOperations()) {
                String what = name + " " + operation.getName();
                assertThat(operation.getDescription()).as(what).contains(" ");
                assertThat(operation.getImpact()).as(what).isNotEqualTo(MBeanOperationInfo.UNKNOWN);
                for (var parameter : operation.getSignature()) {
                    assertThat(parameter.getName()).as(what).isIn("key", "index", "number");
                    assertThat(parameter.getDescription()).as(what).contains(" ");
                }
            }
        }
    }

    @Test
    void interfaces_areExportedSinceTheJdkCallsThemFromAModuleWithoutAName() {
        assertThat(HostMXBean.class.getModule().getDescriptor().exports())
                .anyMatch(exported ->
                        exported.source().equals(HostMXBean.class.getPackageName()) && !exported.isQualified());
    }

    @Test
    void table_showsCountsAndRows() throws Exception {
        String bean = "dev.homeostat:type=Table,name=docs";
        assertThat(get(bean, "Objects")).isEqualTo(3L);
        assertThat(get(bean, "Revision")).isEqualTo(5L);
        assertThat(get(bean, "Initialized")).isEqualTo(false);
        assertThat((String[]) get(bean, "PendingInitializers")).containsExactly("manifests");
        assertThat(call(bean, "get", "a.txt")).contains("\"hello\"");
        assertThat(call(bean, "show").lines()).hasSize(5);
        assertThat(call(bean, "prefix", "", "b").lines()).hasSize(2);
        assertThat(call(bean, "explain", "b.txt")).contains("read-only file system");
    }

    @Test
    void table_withTooManyRows_sendsToTheCommand() {
        for (int i = 0; i < 10_001; i++) {
            example.docs.with(new Example.Doc("many-" + i, "", i));
        }
        assertThatThrownBy(() -> call("dev.homeostat:type=Table,name=docs", "show"))
                .rootCause()
                .hasMessageContaining("homeostat db dump");
    }

    @Test
    void reconciler_showsWhatFailsAndWhatIsHeld() throws Exception {
        String bean = "dev.homeostat:type=Reconciler,name=docs/disk";
        assertThat(get(bean, "Ok")).isEqualTo(false);
        assertThat(get(bean, "Updates")).isEqualTo(2L);
        assertThat(get(bean, "LastError")).isEqualTo("b.txt: cannot write b.txt: read-only file system");
        assertThat(get(bean, "NextRetry")).isEqualTo(FakeHost.NOW.plusSeconds(4).toString());
        assertThat((String) get(bean, "HeldPrune")).startsWith("7: would remove 12");
        assertThat((String[]) get(bean, "HeldPruneRemovals")).hasSize(12);
    }

    @Test
    void reconciler_isSteeredByItsOperations() throws Exception {
        String bean = "dev.homeostat:type=Reconciler,name=docs/disk";
        call(bean, "retry", "b.txt");
        assertThat(example.disk.retried).containsExactly(Keys.STRING.encode("b.txt"));
        assertThat(call(bean, "retryFailing")).contains("2");
        Object report = SERVER.invoke(new ObjectName(bean), "confirmPrune", new Object[] {7L}, new String[] {"long"});
        assertThat((String) report).contains("old-11");
    }

    @Test
    void operation_thatIsRefused_throwsWhatEveryClientCanRead() {
        assertThatThrownBy(() -> call("dev.homeostat:type=Reconciler,name=docs/disk", "retry", "b.tx"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean \"b.txt\"");
    }

    @Test
    void host_listsItsProblems() throws Exception {
        assertThat(get("dev.homeostat:type=Host", "Degraded")).isEqualTo(true);
        assertThat((String[]) get("dev.homeostat:type=Host", "Problems"))
                .anyMatch(line -> line.contains("broken.jar") && line.contains("Plugin-Id"))
                .anyMatch(line -> line.contains("docs/disk") && line.contains("read-only"))
                .anyMatch(line -> line.contains("manifests/web.yaml:3"))
                .anyMatch(line -> line.contains("no space left"));
        assertThat(call("dev.homeostat:type=Host", "status")).contains("\"degraded\" : true");
    }

    @Test
    void plugin_thatChanges_showsItsNewState() throws Exception {
        beans.pluginChanged(new PluginView(
                "docs",
                "1.2.0",
                PluginView.State.STOPPED,
                "",
                "stopped by hand",
                "",
                FakeHost.NOW,
                List.of(),
                List.of()));
        assertThat(get("dev.homeostat:type=Plugin,id=docs", "State")).isEqualTo("STOPPED");
        beans.pluginRemoved("docs");
        assertThat(names()).noneMatch(name -> "docs".equals(name.getKeyProperty("id")));
    }

    @Test
    void whatGoes_takesItsBeanAlong() throws Exception {
        beans.reconcilerRemoved(example.host.reconcilers.getFirst());
        beans.tableRemoved(example.host.tables.getFirst());
        assertThat(names()).noneMatch(name -> Set.of("Table", "Reconciler").contains(name.getKeyProperty("type")));
        beans.tableAdded(example.host.tables.getFirst());
        assertThat(get("dev.homeostat:type=Table,name=docs", "Objects")).isEqualTo(3L);
    }

    @Test
    void nameThatIsTaken_isLeftToItsOwner() throws Exception {
        example.host.add(new FakeTable<>(TableSpec.of("taken", Example.Doc.class, Example.Doc.PATH)), "docs");
        ObjectName name = new ObjectName("dev.homeostat:type=Table,name=taken");
        SERVER.registerMBean(
                new DescribedBean<>(new PluginBean(example.host.plugins.getFirst()), PluginMXBean.class), name);
        try {
            beans.tableAdded(example.host.tables.getLast());
            beans.tableRemoved(example.host.tables.getLast());
            assertThat(SERVER.isRegistered(name)).isTrue();
        } finally {
            SERVER.unregisterMBean(name);
        }
    }

    @Test
    void oddNames_areQuoted() {
        assertThat(Names.plugin("a,b=\"c\"").toString())
                .isEqualTo("dev.homeostat:type=Plugin,id=" + ObjectName.quote("a,b=\"c\""));
        assertThat(Names.plugin("*").isPattern()).isFalse();
        assertThat(Names.ofPlugin("files", "cache size").toString())
                .isEqualTo("dev.homeostat:type=Plugin,id=files,name=cache size");
    }
}
