package dev.homeostat.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.host.control.Act;
import dev.homeostat.host.control.Act.Outcome;
import dev.homeostat.host.control.Caller;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.notice.Notices;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.NotificationFilterSupport;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.MBeanServerForwarder;
import javax.management.timer.Timer;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each role may do, and what of it is written down. */
final class RoleGateTest {
    private static final Object[] NONE = {};
    private static final String[] NO_TYPES = {};

    private volatile Instant now = FakeHost.NOW;
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Example example = new Example();
    private final List<Act> acts = new CopyOnWriteArrayList<>();
    private final List<Act> done = new CopyOnWriteArrayList<>();
    private final HostBeans beans = HostBeans.open(
            example.host,
            new ControlMethods(example.host, done::add),
            server,
            new Notices(example.host.scheduler(), HostBeans.host()));
    private final MBeanServerForwarder gate = RoleGate.closed(acts::add, () -> now);

    /** A bean of whoever made it. */
    public interface KnobMBean {
        int getSize();

        void setSize(int size);

        void turn();
    }

    /** An error that no client knows. */
    static final class WornOutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WornOutException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It breaks when it is turned. */
    public static final class Knob implements KnobMBean {
        private int size;

        @Override
        public int getSize() {
            return size;
        }

        @Override
        public void setSize(int size) {
            this.size = size;
        }

        @Override
        public void turn() {
            if (size > 10) {
                throw new WornOutException("too far", new IllegalStateException("size " + size));
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        example.host.reconcilers.forEach(beans::reconcilerAdded);
        gate.setMBeanServer(server);
        server.registerMBean(new Knob(), own());
        server.registerMBean(new Knob(), new ObjectName("com.example:type=Knob"));
        server.registerMBean(ManagementFactory.getMemoryMXBean(), new ObjectName("java.lang:type=Memory"));
        server.registerMBean(ManagementFactory.getThreadMXBean(), new ObjectName("java.lang:type=Threading"));
    }

    @AfterEach
    void close() {
        beans.close();
        example.close();
    }

    private static ObjectName own() throws Exception {
        return new ObjectName("dev.homeostat:type=Plugin,id=docs,name=knob");
    }

    private static ObjectName disk() throws Exception {
        return new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk");
    }

    private static <T> T as(Role role, Callable<T> call) throws Exception {
        Subject subject = new Subject(true, Set.of(new JMXPrincipal("carol"), role), Set.of(), Set.of());
        try {
            return Subject.callAs(subject, call);
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void refused(Role role, Callable<?> call, String words) {
        assertThatThrownBy(() -> as(role, call))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining(words);
        assertThat(acts).singleElement().satisfies(act -> {
            assertThat(act.caller()).isEqualTo(new Caller("jmx", "carol"));
            assertThat(act.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(act.message()).contains(words);
        });
        acts.clear();
    }

    @Test
    void callThatTheRoleRefuses_isWrittenDown() throws Exception {
        assertThatThrownBy(() -> as(
                        Role.READ,
                        () -> gate.invoke(
                                disk(), "pauseRow", new Object[] {"b.txt"}, new String[] {"java.lang.String"})))
                .isInstanceOf(SecurityException.class);
        assertThat(acts)
                .containsExactly(new Act(
                        FakeHost.NOW,
                        Caller.jmx("carol"),
                        "jmx.invoke",
                        (tools.jackson.databind.node.ObjectNode)
                                new tools.jackson.databind.json.JsonMapper()
                                        .readTree(
                                                "{\"bean\":\"dev.homeostat:type=Reconciler,name=docs/disk\",\"what\":\"pauseRow\"}"),
                        Outcome.REFUSED,
                        "user \"carol\" may only look: that needs role control, see jmx.password-file in"
                                + " conf/homeostat.yaml",
                        Duration.ZERO));
        assertThat(done).isEmpty();
        acts.clear();
        refused(
                Role.READ,
                () -> gate.setAttributes(disk(), new AttributeList(List.of(new Attribute("RetryMin", "250ms")))),
                "only look");
    }

    @Test
    void refusalsWithoutEnd_doNotFillTheAuditLog_andAreCounted() throws Exception {
        refuseAtOnce(100);
        assertThat(acts).hasSize(10);
        now = now.plus(Duration.ofMinutes(1));
        refuseAtOnce(1);
        assertThat(acts.getLast().message()).contains("90 more");
        now = now.plus(Duration.ofMinutes(1));
        refuseAtOnce(1);
        assertThat(acts.getLast().message()).doesNotContain("more");
        assertThat(acts).hasSize(12);
    }

    private void refuseAtOnce(int times) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> turn = () -> as(Role.READ, () -> gate.invoke(own(), "turn", NONE, NO_TYPES));
            for (Future<Object> one : threads.invokeAll(Collections.nCopies(times, turn))) {
                assertThatThrownBy(one::get).hasCauseInstanceOf(SecurityException.class);
            }
        }
    }

    @Test
    void whatTheHostsBeansDo_isWrittenDownOnce() throws Exception {
        as(Role.CONTROL, () -> gate.invoke(disk(), "pause", NONE, NO_TYPES));
        assertThat(done).hasSize(1);
        assertThat(acts).isEmpty();
    }

    @Test
    void whatABeanOfAPluginDoes_isWrittenDown_forTheBeanDoesNot() throws Exception {
        as(Role.CONTROL, () -> gate.invoke(own(), "turn", NONE, NO_TYPES));
        as(Role.CONTROL, () -> {
            gate.setAttribute(own(), new Attribute("Size", 11));
            return null;
        });
        assertThat(acts).extracting(Act::outcome).containsOnly(Outcome.DONE);
        assertThat(acts)
                .extracting(act -> act.params().path("what").stringValue())
                .containsExactly("turn", "Size");
        acts.clear();
        assertThatThrownBy(() -> as(Role.CONTROL, () -> gate.invoke(own(), "turn", NONE, NO_TYPES)))
                .isInstanceOf(RuntimeMBeanException.class);
        assertThat(acts).singleElement().extracting(Act::outcome).isEqualTo(Outcome.FAILED);
    }

    @Test
    void whatABeanThrows_canBeReadWithoutItsClasses() {
        assertThatThrownBy(() -> as(Role.CONTROL, () -> {
                    gate.setAttribute(own(), new Attribute("Size", 11));
                    return gate.invoke(own(), "turn", NONE, NO_TYPES);
                }))
                .isExactlyInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .hasMessageEndingWith("WornOutException: too far; caused by java.lang.IllegalStateException: size 11");
    }

    /** Diagnostics of the JVM write files and load code; a logger's level, a timer and what else is there are nobody's to turn from afar. */
    @ParameterizedTest
    @CsvSource({"READ,only look", "CONTROL,and not com.example:type=Knob"})
    void beansOfOthers_areReadOnly(Role role, String words) throws Exception {
        ObjectName others = new ObjectName("com.example:type=Knob");
        assertThat(as(role, () -> gate.getAttribute(others, "Size"))).isEqualTo(0);
        refused(role, () -> gate.invoke(others, "turn", NONE, NO_TYPES), words);
        refused(
                role,
                () -> {
                    gate.setAttribute(others, new Attribute("Size", 1));
                    return null;
                },
                words);
        assertThat(server.getAttribute(others, "Size")).isEqualTo(0);
    }

    @Test
    void ofTheJvm_readersLookAtThreads_andOperatorsCollectGarbage() throws Exception {
        ObjectName threads = new ObjectName("java.lang:type=Threading");
        ObjectName memory = new ObjectName("java.lang:type=Memory");
        as(Role.READ, () -> gate.invoke(threads, "findDeadlockedThreads", NONE, NO_TYPES));
        assertThat(acts).isEmpty();
        refused(Role.READ, () -> gate.invoke(threads, "resetPeakThreadCount", NONE, NO_TYPES), "only look");
        refused(Role.READ, () -> gate.invoke(memory, "gc", NONE, NO_TYPES), "only look");
        as(Role.CONTROL, () -> gate.invoke(memory, "gc", NONE, NO_TYPES));
        assertThat(acts).singleElement().extracting(Act::outcome).isEqualTo(Outcome.DONE);
    }

    @Test
    void beans_areNotMade_norRemoved_norLetHearEachOther() throws Exception {
        ObjectName timer = new ObjectName("com.example:type=Timer");
        server.registerMBean(new Timer(), timer);
        String words = "makes and removes no MBeans";
        refused(Role.CONTROL, () -> gate.createMBean(Timer.class.getName(), new ObjectName("x:y=z")), words);
        refused(
                Role.CONTROL,
                () -> {
                    gate.unregisterMBean(timer);
                    return null;
                },
                words);
        refused(
                Role.CONTROL,
                () -> {
                    gate.addNotificationListener(timer, own(), new NotificationFilterSupport(), null);
                    return null;
                },
                words);
    }
}
