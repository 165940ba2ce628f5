package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.mxbean.HostMXBean;
import dev.homeostat.host.mxbean.PluginInfo;
import dev.homeostat.host.mxbean.PluginMXBean;
import dev.homeostat.host.mxbean.Units;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginView;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class HostBeansTest extends BeansFixture {
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
                assertThat(attribute.getDescription()).as(what).contains(" ").doesNotContain("\n");
                assertThat(attribute.getDescriptor().getFieldValue("units"))
                        .as(what)
                        .isIn(units());
                assertThat(SERVER.getAttribute(name, attribute.getName()))
                        .as(what)
                        .isNotNull();
            }
            for (MBeanOperationInfo operation : info.getOperations()) {
                String what = name + " " + operation.getName();
                assertThat(operation.getDescription()).as(what).endsWith(".");
                assertThat(operation.getDescriptor().getFieldValue("units"))
                        .as(what)
                        .isIn(units());
                assertThat(operation.getImpact()).as(what).isNotEqualTo(MBeanOperationInfo.UNKNOWN);
                for (var parameter : operation.getSignature()) {
                    assertThat(parameter.getName()).as(what).doesNotMatch("p\\d+|arg\\d+");
                    assertThat(parameter.getDescription()).as(what).endsWith(".");
                    assertThat(parameter.getDescriptor().getFieldValue("units"))
                            .as(what)
                            .isIn(units());
                }
            }
        }
    }

    private static List<Object> units() throws IllegalAccessException {
        List<Object> units = new ArrayList<>();
        for (Field field : Units.class.getFields()) {
            units.add(field.get(null));
        }
        return units;
    }

    @Test
    void whatTheCommandCanDo_theBeansCan() throws Exception {
        example.disk.pruned.complete(new PruneReport(List.of(), List.of(), List.of(), null));
        example.disk.observed.complete(new DriftReport(1, 0, 0, List.of()));
        example.disk.waited.complete(new WaitResult(true, List.of(), ""));
        Set<String> all = new TreeSet<>();
        for (ObjectName name : names()) {
            for (MBeanOperationInfo operation : SERVER.getMBeanInfo(name).getOperations()) {
                called.clear();
                String[] types = Arrays.stream(operation.getSignature())
                        .map(MBeanParameterInfo::getType)
                        .toArray(String[]::new);
                Object[] arguments = Arrays.stream(operation.getSignature())
                        .map(HostBeansTest::argument)
                        .toArray();
                try {
                    SERVER.invoke(name, operation.getName(), arguments, types);
                } catch (JMException | RuntimeMBeanException e) {
                    assertThat(e).hasRootCauseInstanceOf(RuntimeException.class); // the arguments are made up
                }
                assertThat(operation.getImpact() == MBeanOperationInfo.ACTION)
                        .as("%s %s acts", name, operation.getName())
                        .isEqualTo(methods.acting().stream().anyMatch(called::contains));
                all.addAll(called);
            }
        }
        ObjectName disk = new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk");
        SERVER.setAttribute(disk, new Attribute("Mode", "apply"));
        all.addAll(called);
        Set<String> otherwise =
                Set.of("plugins", "db.tables", "db.watch"); // attributes of the host; an answer without end
        assertThat(all).containsAll(without(methods.names(), otherwise));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> others = new TreeSet<>(all);
        others.removeAll(some);
        return others;
    }

    private static Object argument(MBeanParameterInfo parameter) {
        return switch (parameter.getType()) {
            case "long" -> 1L;
            case "int" -> 1;
            case "java.lang.String" -> parameter.getName().equals("table") ? "docs" : "a.txt";
            default -> throw new AssertionError(parameter.getType());
        };
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
    void table_withTooManyRows_isReadInPages() throws Exception {
        for (int i = 0; i < 10_001; i++) {
            example.docs.with(new Example.Doc("many-" + i, "", i % 100));
        }
        String[] types = {"java.lang.String", "java.lang.String", "java.lang.String", "int"};
        ObjectName docs = new ObjectName("dev.homeostat:type=Table,name=docs");
        String page = (String) SERVER.invoke(docs, "lowerBound", new Object[] {"", "many-5000", "size=7", 3}, types);
        assertThat(page.lines()).hasSize(4);
        assertThat(page.lines().limit(3))
                .allSatisfy(line -> assertThat(line).contains("\"key\":\"many-").contains("\"size\":7"));
        assertThat(page).endsWith("\"count\":3,\"limited\":true}");
        String shown =
                (String) SERVER.invoke(docs, "show", new Object[] {"", 2}, new String[] {"java.lang.String", "int"});
        assertThat(shown.lines()).hasSize(3);
        assertThat(((String) SERVER.invoke(docs, "prefix", new Object[] {"", "many-", "", 5}, types)).lines())
                .hasSize(6);
        assertThat(((String) SERVER.invoke(docs, "list", new Object[] {"", "a.txt", "size=7", 5}, types)).lines())
                .hasSize(1);
    }

    @Test
    void host_listsWhatThereIsAsCompositeData() throws Exception {
        String host = "dev.homeostat:type=Host";
        assertThat((CompositeData[]) get(host, "Plugins"))
                .extracting(one -> one.get("id"), one -> one.get("state"), one -> one.get("degraded"))
                .containsExactly(tuple("broken.jar", "FAILED", true), tuple("docs", "ACTIVE", false));
        assertThat((CompositeData[]) get(host, "Tables"))
                .extracting(one -> one.get("name"), one -> one.get("objects"))
                .containsExactly(tuple("docs", 3L));
        assertThat((CompositeData[]) get(host, "Reconcilers"))
                .extracting(one -> one.get("name"), one -> one.get("failing"), one -> one.get("heldPrune"))
                .containsExactly(tuple("docs/disk", 2L, 7L));
        assertThat((CompositeData[]) get(host, "Sources"))
                .extracting(one -> one.get("name"), one -> ((String[]) one.get("waiting")).length)
                .containsExactly(tuple("manifests", 2));
        assertThat((CompositeData[]) get(host, "Health"))
                .extracting(one -> one.get("name"), one -> one.get("ok"))
                .containsExactly(tuple("watcher", true), tuple("upload", false));
        assertThat(get(host, "RejectedRows")).isEqualTo(1L);
        assertThat((CompositeData[]) get(host, "FirstRejectedRows"))
                .extracting(one -> one.get("key"))
                .containsExactly("big.bin");
        assertThat(call(host, "rejectedRows", "").lines()).hasSize(2);
    }

    @Test
    void proxies_giveRecordsToAJavaClient() throws Exception {
        HostMXBean host = JMX.newMXBeanProxy(SERVER, new ObjectName("dev.homeostat:type=Host"), HostMXBean.class);
        assertThat(host.getPlugins()).extracting(PluginInfo::id).containsExactly("broken.jar", "docs");
    }

    @Test
    void problems_areNoMoreThanAPersonReads() throws Exception {
        for (int i = 0; i < 300; i++) {
            example.host.health.add(new HealthLine("docs", "job-" + i, false, "broken", FakeHost.NOW));
        }
        assertThat((String[]) get("dev.homeostat:type=Host", "Problems")).hasSize(101);
        assertThat(((String[]) get("dev.homeostat:type=Host", "Problems"))[100]).matches("and 20\\d more; .*");
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
    void plugin_isSteeredByItsOperations() throws Exception {
        String name = "dev.homeostat:type=Plugin,id=docs";
        assertThat(call(name, "stop")).contains("\"state\" : \"stopped\"");
        assertThat(call(name, "start")).contains("\"state\" : \"active\"");
        assertThat(call(name, "reload")).contains("\"state\" : \"active\"");
        assertThat(call(name, "unload")).contains("\"plugin\" : null");
        assertThatThrownBy(() -> call(name, "start"))
                .hasRootCauseMessage("there is no plugin \"docs\"; there are broken.jar");
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
                new DescribedBean<>(
                        new PluginBean(example.host.plugins.getFirst(), new Calls(methods::call)),
                        PluginMXBean.class,
                        new NotificationBroadcasterSupport()),
                name);
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
