package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.Act;
import dev.homeostat.host.control.Caller;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.notice.Notices;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerFactory;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.JMXServiceURL;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By whose name that is written down which JMX clients have done. */
@Timeout(30)
final class CallerTest {
    private final Example example = new Example();
    private final List<Act> acts = new CopyOnWriteArrayList<>();
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private HostBeans beans;

    @BeforeEach
    void open() {
        beans = HostBeans.open(
                example.host,
                new ControlMethods(example.host, acts::add),
                server,
                new Notices(example.host.scheduler(), HostBeans.host()));
        example.host.reconcilers.forEach(beans::reconcilerAdded);
    }

    @AfterEach
    void close() {
        beans.close();
        example.close();
    }

    @Test
    @SuppressWarnings("BanJNDI") // the address is that of this test's own server, and names no directory
    void clientThatLoggedIn_isWrittenDownByItsName_alsoForAnAttribute() throws Exception {
        JMXAuthenticator login =
                credentials -> new Subject(true, Set.of(new JMXPrincipal("carol")), Set.of(), Set.of());
        JMXConnectorServer connectors = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "127.0.0.1", 0), Map.of(JMXConnectorServer.AUTHENTICATOR, login), server);
        connectors.start();
        try (JMXConnector client = JMXConnectorFactory.connect(connectors.getAddress())) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            connection.invoke(Names.reconciler("docs/disk"), "pause", new Object[0], new String[0]);
            connection.setAttribute(Names.reconciler("docs/disk"), new Attribute("Concurrency", "3"));
        } finally {
            connectors.stop();
        }
        assertThat(acts).extracting(Act::caller).containsExactly(Caller.jmx("carol"), Caller.jmx("carol"));
        assertThat(acts)
                .extracting(Act::message)
                .containsExactly(
                        "docs/disk is paused", "docs/disk: concurrency 1 -> 3 (command at 2026-01-02T03:04:05Z)");
    }

    @Test
    void clientThatDidNot_isJmx() throws Exception {
        server.invoke(Names.reconciler("docs/disk"), "pause", new Object[0], new String[0]);
        assertThat(acts).extracting(Act::caller).containsExactly(new Caller("jmx", "jmx"));
    }
}
