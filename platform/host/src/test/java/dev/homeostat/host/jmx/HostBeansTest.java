package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.DriftReport;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.config.ReconcilerOption;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.mxbean.HostMXBean;
import dev.homeostat.host.mxbean.PluginInfo;
import dev.homeostat.host.mxbean.PluginMXBean;
import dev.homeostat.host.mxbean.Units;
import dev.homeostat.host.notice.Notices;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginView;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class HostBeansTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final Example example = new Example();
    private final ControlMethods methods = new ControlMethods(example.host);
    private final Set<String> called = new TreeSet<>();
    private final HostBeans beans = open();

    private HostBeans open() {
        Calls calls = new Calls((caller, method, params, items) -> {
            called.add(method);
            return methods.call(caller, method, params, items);
        });
        Notices notices = new Notices(example.host.scheduler(), HostBeans.host());
        HostBeans opened = HostBeans.open(example.host, calls, SERVER, notices);
        example.host.plugins.forEach(opened::pluginChanged);
        example.host.tables.forEach(opened::tableAdded);
        example.host.reconcilers.forEach(opened::reconcilerAdded);
        return opened;
    }

    @Test
    void failures_ofAReconciler_areListedAsFarAsAsked() throws Exception {
        ObjectName name = new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk");
        String all = (String) SERVER.invoke(name, "failures", new Object[] {10}, new String[] {"int"});
        assertThat(all.lines()).hasSize(3).first().asString().contains("\"key\":\"b.txt\"", "\"since\":");
        String one = (String) SERVER.invoke(name, "failures", new Object[] {1}, new String[] {"int"});
        assertThat(one.lines()).hasSize(2).last().asString().contains("\"failing\":2");
    }

    /** As while its plugin is replaced: a window of JConsole asks for all of them at once. */
    @Test
    void attributeThatCannotBeRead_keepsNoOtherFromBeingRead() throws Exception {
        example.disk.broken = true;
        ObjectName name = new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk");
        assertThat(SERVER.getAttributes(name, new String[] {"Name", "Health", "Mode"})
                        .asList())
                .extracting(Attribute::getName)
                .containsExactly("Name", "Mode");
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
    void reconciler_showsWhatFailsAndWhatIsHeld() throws Exception {
        String bean = "dev.homeostat:type=Reconciler,name=docs/disk";
        assertThat(get(bean, "Ok")).isEqualTo(false);
        assertThat(get(bean, "Updates")).isEqualTo(2L);
        assertThat(get(bean, "LastError")).isEqualTo("b.txt: cannot write b.txt: read-only file system");
        assertThat(get(bean, "NextRetry")).isEqualTo(FakeHost.NOW.plusSeconds(4).toString());
        CompositeData held = (CompositeData) get(bean, "HeldPrune");
        assertThat(held.get("number")).isEqualTo(7L);
        assertThat(held.get("removals")).isEqualTo(12);
        assertThat((String) held.get("reason")).startsWith("would remove 12");
        assertThat((String[]) held.get("firstRemovals")).hasSize(10).contains("old-0");
        CompositeData[] failures = (CompositeData[]) get(bean, "Failures");
        assertThat(failures)
                .extracting(failure -> failure.get("key"), failure -> failure.get("permanent"))
                .containsExactly(tuple("b.txt", false), tuple("ghost", true));
        assertThat(failures[0].get("nextAttempt"))
                .isEqualTo(FakeHost.NOW.plusSeconds(4).toString());
        assertThat(failures[1].get("nextAttempt")).isEqualTo("");
        assertThat((CompositeData[]) get(bean, "FailuresByError"))
                .extracting(group -> group.get("count"), group -> group.get("operation"), group -> group.get("kind"))
                .containsExactlyInAnyOrder(tuple(1L, "update", "retrying"), tuple(1L, "delete", "permanent"));
        assertThat((String) get("dev.homeostat:type=Host", "Verdict")).contains("1 prune is held");
    }

    @Test
    void attempts_atARow_areCompositeData() throws Exception {
        CompositeData[] attempts = (CompositeData[]) SERVER.invoke(
                new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk"),
                "attempts",
                new Object[] {"b.txt"},
                new String[] {"java.lang.String"});
        assertThat(attempts)
                .extracting(attempt -> attempt.get("cause"), attempt -> attempt.get("tookMillis"))
                .containsExactly(tuple("retry", 12L), tuple("change", 1500L));
        assertThatThrownBy(() -> call("dev.homeostat:type=Reconciler,name=docs/disk", "attempts", "nobody"))
                .rootCause()
                .hasMessageContaining("has no row \"nobody\"");
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
    void reconciler_isSteeredByItsOperations() throws Exception {
        String bean = "dev.homeostat:type=Reconciler,name=docs/disk";
        call(bean, "retry", "b.txt");
        assertThat(example.disk.retried).containsExactly(Keys.STRING.encode("b.txt"));
        assertThat(call(bean, "retryFailing")).contains("2");
        Object report = SERVER.invoke(new ObjectName(bean), "confirmPrune", new Object[] {7L}, new String[] {"long"});
        assertThat((String) report).contains("old-11");
    }

    @Test
    void options_areAttributesThatCanBeSet_andSayWhereTheyComeFrom() throws Exception {
        ObjectName bean = new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk");
        assertThat(SERVER.getAttribute(bean, "RetryMin")).isEqualTo("100ms");
        SERVER.setAttribute(bean, new Attribute("RetryMin", "250ms"));
        SERVER.setAttribute(bean, new Attribute("Mode", "plan"));
        SERVER.setAttribute(bean, new Attribute("Concurrency", 4));
        assertThat(example.disk.options())
                .isEqualTo(Options.defaults()
                        .retrying(Duration.ofMillis(250), Duration.ofMinutes(1))
                        .mode(Mode.PLAN)
                        .concurrency(4));
        TabularData sources = (TabularData) SERVER.getAttribute(bean, "OptionSources");
        assertThat(option(sources, "concurrency")).isEqualTo("4 (command at 2026-01-02T03:04:05Z)");
        assertThat(option(sources, "round-size")).isEqualTo("1000 (default)");
        call(bean.toString(), "resetOptions", "mode, concurrency");
        assertThat(example.disk.options())
                .isEqualTo(Options.defaults().retrying(Duration.ofMillis(250), Duration.ofMinutes(1)));
        assertThat(SERVER.getAttributes(bean, new String[] {"Mode", "Name", "Nothing"})
                        .asList())
                .containsExactly(new Attribute("Mode", "apply"), new Attribute("Name", "docs/disk"));
        AttributeList wanted = new AttributeList(
                List.of(new Attribute("RoundSize", "0"), new Attribute("RoundRate", "5"), new Attribute("Name", "x")));
        assertThat(SERVER.setAttributes(bean, wanted).asList()).containsExactly(new Attribute("RoundRate", "5"));
    }

    private static String option(TabularData options, String name) {
        CompositeData option = (CompositeData) options.get(new Object[] {name}).get("value");
        return option.get("value") + " (" + option.get("from") + ")";
    }

    @Test
    void everyOption_isAnAttribute() throws Exception {
        MBeanInfo info = SERVER.getMBeanInfo(new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk"));
        assertThat(Arrays.stream(info.getAttributes())
                        .filter(MBeanAttributeInfo::isWritable)
                        .map(MBeanAttributeInfo::getName))
                .hasSameSizeAs(ReconcilerOption.values())
                .contains("PruneGuardShare", "GiveUpAge", "Mode");
    }

    @Test
    void optionThatIsWrong_isRefusedWithItsNameValueAndBound() throws Exception {
        ObjectName bean = new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk");
        assertThatThrownBy(() -> SERVER.setAttribute(bean, new Attribute("RoundSize", "0")))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("round-size: must be at least 1, but was 0");
        assertThatThrownBy(() -> SERVER.setAttribute(bean, new Attribute("Concurency", "4")))
                .isInstanceOf(AttributeNotFoundException.class);
        assertThat(example.disk.options()).isEqualTo(Options.defaults());
    }

    @Test
    void reconciler_isPausedAndResumed_allOfItOrARow() throws Exception {
        String bean = "dev.homeostat:type=Reconciler,name=docs/disk";
        call(bean, "pauseRow", "b.txt");
        assertThat(get(bean, "PausedRows")).isEqualTo(1L);
        assertThat((String[]) get(bean, "FirstPausedRows")).containsExactly("b.txt");
        call(bean, "resumeRow", "b.txt");
        assertThat(get(bean, "PausedRows")).isEqualTo(0L);
        call(bean, "pause");
        assertThat(get(bean, "Mode")).isEqualTo("paused");
        call(bean, "resume");
        assertThat(get(bean, "Mode")).isEqualTo("apply");
        call(bean, "refreshRow", "a.txt");
        assertThat(example.disk.refreshed).containsExactly(Keys.STRING.encode("a.txt"));
        example.disk.plan = new FakeTable<>(TableSpec.of("plan", PlannedChange.class, PlannedChange.CHANGE))
                .with(new PlannedChange("update", "b.txt", Cause.CHANGE, 2, FakeHost.NOW, "content", null, null));
        assertThat(call(bean, "plan").lines()).hasSize(2);
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
