package dev.homeostat.host.remote;

import static dev.homeostat.host.remote.RemoteFixture.OPERATOR;
import static dev.homeostat.host.remote.RemoteFixture.OPERATOR_PASSWORD;
import static dev.homeostat.host.remote.RemoteFixture.READER;
import static dev.homeostat.host.remote.RemoteFixture.READER_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.host.control.Audit;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.notice.Notices;
import java.io.IOException;
import java.io.InvalidClassException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.rmi.AccessException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Remote JMX over a real connection. */
@Timeout(60)
final class RemoteJmxTest {
    private static final String[] NOTHING = {};
    private static final String[] TEXT = {"java.lang.String"};

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Example example = new Example();
    private final HostBeans beans = HostBeans.open(
            example.host,
            new ControlMethods(example.host),
            server,
            new Notices(example.host.scheduler(), HostBeans.host()));
    private RemoteFixture fixture;
    private RemoteJmx remote;

    @TempDir
    Path directory;

    @BeforeEach
    void open() throws IOException {
        example.host.plugins.forEach(beans::pluginChanged);
        example.host.reconcilers.forEach(beans::reconcilerAdded);
        fixture = new RemoteFixture(directory);
        remote = open(server);
    }

    private RemoteJmx open(MBeanServer server) throws IOException {
        return RemoteJmx.open(fixture.settings(), server, Audit.NONE, InstantSource.system());
    }

    @AfterEach
    void close() {
        remote.close();
        beans.close();
        example.close();
    }

    private static ObjectName disk() throws Exception {
        return new ObjectName("dev.homeostat:type=Reconciler,name=docs/disk");
    }

    @Test
    void operator_readsAndSteers() throws Exception {
        try (JMXConnector client = fixture.connect(OPERATOR, OPERATOR_PASSWORD)) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            assertThat((String) connection.invoke(HostBeans.host(), "status", NOTHING, NOTHING))
                    .contains("\"degraded\" : true");
            connection.setAttribute(disk(), new Attribute("RetryMin", "250ms"));
            assertThat(connection.getAttribute(disk(), "RetryMin")).isEqualTo("250ms");
            connection.invoke(disk(), "pauseRow", new Object[] {"b.txt"}, TEXT);
            assertThat(connection.getAttribute(disk(), "PausedRows")).isEqualTo(1L);
        }
    }

    @Test
    void reader_looksAndAsks_andSteersNothing() throws Exception {
        try (JMXConnector client = fixture.connect(READER, READER_PASSWORD)) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            assertThat(connection.getAttribute(disk(), "Failing")).isEqualTo(2L);
            assertThat((String) connection.invoke(disk(), "explain", new Object[] {"b.txt"}, TEXT))
                    .contains("read-only file system");
            assertThatThrownBy(() -> connection.invoke(disk(), "pauseRow", new Object[] {"b.txt"}, TEXT))
                    .isInstanceOf(SecurityException.class)
                    .hasMessageContaining("user \"watcher\" may only look");
            assertThatThrownBy(() -> connection.setAttribute(disk(), new Attribute("RetryMin", "250ms")))
                    .isInstanceOf(SecurityException.class);
            assertThat(connection.getAttribute(disk(), "RetryMin")).isEqualTo("100ms");
        }
    }

    @Test
    void nobody_makesOrRemovesBeansFromAfar() throws Exception {
        try (JMXConnector client = fixture.connect(OPERATOR, OPERATOR_PASSWORD)) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            assertThatThrownBy(() -> connection.unregisterMBean(disk())).isInstanceOf(SecurityException.class);
            assertThatThrownBy(() -> connection.createMBean("javax.management.timer.Timer", new ObjectName("x:y=z")))
                    .isInstanceOf(SecurityException.class);
        }
        assertThat(server.isRegistered(disk())).isTrue();
    }

    @Test
    void whoIsNotOnTheList_getsNothing() {
        for (String[] pair : new String[][] {
            {OPERATOR, "wrong password"}, {OPERATOR, ""}, {"", ""}, {"nobody", "nobody has this password"}
        }) {
            assertThatThrownBy(() -> fixture.connect(pair[0], pair[1]))
                    .isInstanceOf(SecurityException.class)
                    .hasMessageContaining("needs a user name and a password");
        }
        assertThatThrownBy(() -> fixture.connect(Map.of())).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> fixture.connect(Map.of(JMXConnector.CREDENTIALS, List.of("a", "b"))))
                .isInstanceOfAny(SecurityException.class, IOException.class);
    }

    /** Of an array of a length that nobody has memory for, a few bytes are enough. */
    @Test
    void whoHasNotLoggedIn_canSendNothingLarge() {
        String[] three = {OPERATOR, OPERATOR_PASSWORD, ""};
        assertThatThrownBy(() -> fixture.connect(Map.of(JMXConnector.CREDENTIALS, three)))
                .hasRootCauseInstanceOf(InvalidClassException.class)
                .hasStackTraceContaining("REJECTED");
        assertThatThrownBy(() -> fixture.connect(OPERATOR, "x".repeat(2 << 20))).isInstanceOf(IOException.class);
    }

    @Test
    void request_isAtMostAMebibyte() throws Exception {
        try (JMXConnector client = fixture.connect(READER, READER_PASSWORD)) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            for (int i = 0; i < 4; i++) { // of one connection, each alone
                Object[] key = {"x".repeat(500_000)};
                assertThatThrownBy(() -> connection.invoke(disk(), "explain", key, TEXT))
                        .hasStackTraceContaining("has no row");
            }
            assertThatThrownBy(() -> connection.invoke(disk(), "explain", new Object[] {"x".repeat(2 << 20)}, TEXT))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void withoutTls_nothingAnswers() throws Exception {
        Registry plain =
                LocateRegistry.getRegistry("127.0.0.1", fixture.settings().port());
        assertThatThrownBy(plain::list).isInstanceOf(IOException.class);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), fixture.settings().port())) {
            socket.getOutputStream().write("JRMI\0\2K".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(20_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain("127.0.0.1");
        }
    }

    /** Otherwise any user of this machine could put an object in its place that collects passwords. */
    @Test
    void registry_isReadByAll_andWrittenByNobody() throws Exception {
        Registry registry =
                LocateRegistry.getRegistry("127.0.0.1", fixture.settings().port(), new SslRMIClientSocketFactory());
        assertThat(registry.list()).containsExactly("jmxrmi");
        var stub = registry.lookup("jmxrmi");
        assertThatThrownBy(() -> registry.rebind("jmxrmi", stub)).hasRootCauseInstanceOf(AccessException.class);
        assertThatThrownBy(() -> registry.bind("other", stub)).hasRootCauseInstanceOf(AccessException.class);
        assertThatThrownBy(() -> registry.unbind("jmxrmi")).hasRootCauseInstanceOf(AccessException.class);
    }

    @Test
    void notifications_comeOver() throws Exception {
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        try (JMXConnector client = fixture.connect(READER, READER_PASSWORD)) {
            client.getMBeanServerConnection()
                    .addNotificationListener(
                            HostBeans.host(), (notification, handback) -> heard.add(notification), null, null);
            beans.pluginRemoved("docs");
            Notification told = heard.poll(20, TimeUnit.SECONDS);
            assertThat(told).isNotNull();
            assertThat(told.getMessage()).isEqualTo("plugin docs 1.2.0: GONE");
        }
    }

    @Test
    void passwordThatIsChanged_isTheNewOneAtTheNextLogin() throws Exception {
        RemoteFixture.secret(fixture.passwords, OPERATOR + " control another password\n");
        fixture.connect(OPERATOR, "another password").close();
        assertThatThrownBy(() -> fixture.connect(OPERATOR, OPERATOR_PASSWORD)).isInstanceOf(SecurityException.class);
        Files.delete(fixture.passwords);
        assertThatThrownBy(() -> fixture.connect(OPERATOR, "another password")).isInstanceOf(SecurityException.class);
    }

    @Test
    void keyStoreThatIsReplaced_isUsedByTheNextConnection() throws Exception {
        assertThat(certificate()).isEqualTo("CN=first");
        fixture.makeKey("CN=second");
        Files.setLastModifiedTime(fixture.keyStore, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(certificate()).isEqualTo("CN=second");
        RemoteFixture.secret(fixture.keyStore, "broken");
        Files.setLastModifiedTime(fixture.keyStore, FileTime.from(Instant.now().plusSeconds(9)));
        assertThat(certificate()).as("the last good one").isEqualTo("CN=second");
    }

    private String certificate() throws Exception {
        try (SSLSocket socket = (SSLSocket) SSLContext.getDefault()
                .getSocketFactory()
                .createSocket("127.0.0.1", fixture.settings().port())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void clientsThatFlood_areBounded_andLockNobodyOutForLong() throws Exception {
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                flood.add(new Socket(
                        InetAddress.getLoopbackAddress(), fixture.settings().port()));
            }
            Awaitility.await("the last are hung up on")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> isEnded(flood.getLast()));
            assertThat(isEnded(flood.getFirst())).isFalse();
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
        Awaitility.await("a place")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> {
                    fixture.connect(OPERATOR, OPERATOR_PASSWORD).close();
                    return true;
                });
    }

    private static boolean isEnded(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Test
    void close_endsAll_andFreesThePort() throws Exception {
        try (JMXConnector client = fixture.connect(OPERATOR, OPERATOR_PASSWORD)) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            connection.getMBeanCount();
            remote.close();
            assertThatThrownBy(connection::getMBeanCount).isInstanceOf(IOException.class);
        } catch (IOException e) {
            // The client cannot say good-bye.
        }
        Awaitility.await("the port")
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> {
                    try (ServerSocket socket = new ServerSocket(
                            fixture.settings().port(), 1, fixture.settings().address())) {
                        return socket.isBound();
                    }
                });
        open(server).close();
    }

    /** A port of its own: that of a connector which was closed just now may be held for a moment yet. */
    @Test
    void portThatWasTaken_isHadOnceItIsFree() throws Exception {
        remote.close();
        fixture = new RemoteFixture(Files.createDirectory(directory.resolve("second")));
        try (ServerSocket other = new ServerSocket(fixture.settings().port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(() -> open(server)).isInstanceOf(IOException.class);
        }
        remote = open(server);
        fixture.connect(OPERATOR, OPERATOR_PASSWORD).close();
    }

    @Test
    void portThatIsTaken_isNamedWithTheSetting() {
        assertThatThrownBy(() -> open(server))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0.0.0.0, port " + fixture.settings().port())
                .hasMessageContaining("jmx.port");
    }
}
