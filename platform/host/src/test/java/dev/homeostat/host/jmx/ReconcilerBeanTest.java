package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.host.config.ReconcilerOption;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.fake.FakeTable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bean of a reconciler, as a client reads and calls it. */
@Timeout(30)
final class ReconcilerBeanTest extends BeansFixture {
    private static final String DISK = "dev.homeostat:type=Reconciler,name=docs/disk";

    @Test
    void reconciler_showsWhatFailsAndWhatIsHeld() throws Exception {
        String bean = DISK;
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
    void failures_ofAReconciler_areListedAsFarAsAsked() throws Exception {
        ObjectName name = new ObjectName(DISK);
        String all = (String) SERVER.invoke(name, "failures", new Object[] {10}, new String[] {"int"});
        assertThat(all.lines()).hasSize(3).first().asString().contains("\"key\":\"b.txt\"", "\"since\":");
        String one = (String) SERVER.invoke(name, "failures", new Object[] {1}, new String[] {"int"});
        assertThat(one.lines()).hasSize(2).last().asString().contains("\"failing\":2");
    }

    /** As while its plugin is replaced: a window of JConsole asks for all of them at once. */
    @Test
    void attributeThatCannotBeRead_keepsNoOtherFromBeingRead() throws Exception {
        example.disk.broken = true;
        ObjectName name = new ObjectName(DISK);
        assertThat(SERVER.getAttributes(name, new String[] {"Name", "Health", "Mode"})
                        .asList())
                .extracting(Attribute::getName)
                .containsExactly("Name", "Mode");
    }

    @Test
    void attempts_atARow_areCompositeData() throws Exception {
        CompositeData[] attempts = (CompositeData[]) SERVER.invoke(
                new ObjectName(DISK), "attempts", new Object[] {"b.txt"}, new String[] {"java.lang.String"});
        assertThat(attempts)
                .extracting(attempt -> attempt.get("cause"), attempt -> attempt.get("tookMillis"))
                .containsExactly(tuple("retry", 12L), tuple("change", 1500L));
        assertThatThrownBy(() -> call(DISK, "attempts", "nobody"))
                .rootCause()
                .hasMessageContaining("has no row \"nobody\"");
    }

    @Test
    void reconciler_isSteeredByItsOperations() throws Exception {
        String bean = DISK;
        call(bean, "retry", "b.txt");
        assertThat(example.disk.retried).containsExactly(Keys.STRING.encode("b.txt"));
        assertThat(call(bean, "retryFailing")).contains("2");
        Object report = SERVER.invoke(new ObjectName(bean), "confirmPrune", new Object[] {7L}, new String[] {"long"});
        assertThat((String) report).contains("old-11");
    }

    @Test
    void options_areAttributesThatCanBeSet_andSayWhereTheyComeFrom() throws Exception {
        ObjectName bean = new ObjectName(DISK);
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
        MBeanInfo info = SERVER.getMBeanInfo(new ObjectName(DISK));
        assertThat(Arrays.stream(info.getAttributes())
                        .filter(MBeanAttributeInfo::isWritable)
                        .map(MBeanAttributeInfo::getName))
                .hasSameSizeAs(ReconcilerOption.values())
                .contains("PruneGuardShare", "GiveUpAge", "Mode");
    }

    @Test
    void optionThatIsWrong_isRefusedWithItsNameValueAndBound() throws Exception {
        ObjectName bean = new ObjectName(DISK);
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
        String bean = DISK;
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
        assertThatThrownBy(() -> call(DISK, "retry", "b.tx"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean \"b.txt\"");
    }
}
