package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMX for other machines, as a generic client sees it: one that knows JMX, a certificate, a name and a password, and nothing of Homeostat's classes. */
class JmxRemoteIT extends E2eTest {
    private static final String HOST = "dev.homeostat:type=Host";
    private static final String PASSWORD = "turn the knobs";
    private static final String[] NOTHING = {};

    /** One key for all: RMI's client factory asks once in a process what to trust. */
    @TempDir
    static Path keys;

    private final int port = freePort();

    @BeforeAll
    static void makeAKey() throws Exception {
        Files.writeString(keys.resolve("jmx.p12.password"), "a long password\n");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=homeostat",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30");
        keytool("-exportcert", "-rfc", "-file", keys.resolve("jmx.pem").toString());
        trust(keys.resolve("jmx.pem"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What docs/jmx.md tells to do. */
    private void configure() throws Exception {
        for (String name : List.of("jmx.p12", "jmx.p12.password")) {
            Files.createDirectories(home.path("conf"));
            Files.copy(keys.resolve(name), home.path("conf/" + name));
            Files.setPosixFilePermissions(home.path("conf/" + name), PosixFilePermissions.fromString("rw-------"));
        }
        secret("conf/jmx.passwords", "operator control " + PASSWORD + "\nwatcher read just looking\n");
        home.config("""
            jmx:
              port: %d
              key-store: conf/jmx.p12
              key-store-password-file: conf/jmx.p12.password
              password-file: conf/jmx.passwords
            """.formatted(port));
    }

    private void secret(String name, String text) throws IOException {
        Files.setPosixFilePermissions(home.write(name, text), PosixFilePermissions.fromString("rw-------"));
    }

    private static void keytool(String... words) {
        List<String> command = new ArrayList<>(
                List.of(Installed.DIRECTORY.resolve("runtime/bin/keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-alias",
                "homeostat",
                "-keystore",
                keys.resolve("jmx.p12").toString(),
                "-storepass:file",
                keys.resolve("jmx.p12.password").toString()));
        Answer.of(new ProcessBuilder(command)).hasCode(0);
    }

    private static void trust(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "host", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        SSLContext.setDefault(context); // in place of -Djavax.net.ssl.trustStore
    }

    @SuppressWarnings("BanJNDI") // the address is that of a host which the test has started
    private JMXConnector connect(Map<String, Object> with) throws IOException {
        Map<String, Object> environment = new HashMap<>(with);
        environment.put("com.sun.jndi.rmi.factory.socket", new SslRMIClientSocketFactory());
        return JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"), environment);
    }

    private JMXConnector connect(String name, String password) throws IOException {
        return connect(Map.of(JMXConnector.CREDENTIALS, new String[] {name, password}));
    }

    /** The TCP ports on which a process listens, whatever the address. */
    private static long listening(HostProcess host) throws IOException {
        long sockets = 0;
        List<String> inodes;
        try (var descriptors = Files.list(Path.of("/proc/" + host.pid() + "/fd"))) {
            inodes = descriptors.map(JmxRemoteIT::target).toList();
        }
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + host.pid() + "/net/" + table))) {
                String[] fields = line.strip().split("\\s+");
                boolean listens = fields.length > 9 && fields[3].equals("0A");
                sockets += listens && inodes.contains("socket:[" + fields[9] + "]") ? 1 : 0;
            }
        }
        return sockets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    @Test
    void defaults_openNoPort() throws Exception {
        HostProcess host = start();
        assertThat(listening(host)).isZero();
        assertThatThrownBy(() -> connect("operator", PASSWORD)).isInstanceOf(IOException.class);
    }

    @Test
    void genericClient_readsTheStatusOfTheHost_andSteersIt() throws Exception {
        configure();
        home.manifest("files.yaml", Yaml.files(Map.of("a.txt", "hello", "b.txt", "world")));
        HostProcess host = start();
        assertThat(listening(host)).isEqualTo(1);

        try (JMXConnector client = connect("operator", PASSWORD)) {
            MBeanServerConnection beans = client.getMBeanServerConnection();
            ObjectName name = new ObjectName(HOST);
            ObjectName files = new ObjectName("dev.homeostat:type=Reconciler,name=files/files");
            await("the rows").until(() -> beans.getAttribute(files, "Objects").equals(2L));
            assertThat(beans.getAttribute(name, "State")).isEqualTo("RUNNING");
            assertThat(beans.getAttribute(name, "Verdict")).isEqualTo("all is well");
            assertThat((CompositeData[]) beans.getAttribute(name, "Plugins"))
                    .extracting(plugin -> plugin.get("id"), plugin -> plugin.get("state"))
                    .contains(org.assertj.core.api.Assertions.tuple("files", "ACTIVE"));
            assertThat((String) beans.invoke(name, "status", NOTHING, NOTHING)).contains("\"degraded\" : false");

            beans.setAttribute(files, new Attribute("Concurrency", "3"));
            home.command("reconcilers", "options", "files/files").hasCode(0);
            assertThat(home.command("reconcilers", "options", "files/files").out())
                    .containsPattern("concurrency +3 +command");
            for (var info : beans.getMBeanInfo(files).getAttributes()) {
                assertThat(beans.getAttribute(files, info.getName()))
                        .as("%s, by a client without our classes", info.getName())
                        .isNotNull();
            }
        }
        host.terminate();
        assertThat(home.path("logs/homeostat.log"))
                .content()
                .contains("user \"operator\" logged in with role control from this machine");
    }

    @Test
    void plugin_thatIsStopped_isTold() throws Exception {
        configure();
        start();
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        try (JMXConnector client = connect("operator", PASSWORD)) {
            MBeanServerConnection beans = client.getMBeanServerConnection();
            beans.addNotificationListener(new ObjectName(HOST), (told, handback) -> heard.add(told), null, null);
            home.command("plugins", "stop", "files").hasCode(0);
            Notification told = heard.poll(30, TimeUnit.SECONDS);
            assertThat(told).isNotNull();
            assertThat(told.getType()).isEqualTo("dev.homeostat.plugin.state");
            CompositeData data = (CompositeData) told.getUserData();
            assertThat(data.get("plugin")).isEqualTo("files");
            assertThat(data.get("state")).isEqualTo("STOPPED");
        }
    }

    @Test
    void withoutCredentialsOrTlsOrWithWrongOnes_nothingAnswers() throws Exception {
        configure();
        start();
        assertThatThrownBy(() -> connect(Map.of())).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> connect("operator", "just looking")).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> connect("nobody", PASSWORD)).isInstanceOf(SecurityException.class);
        assertThatThrownBy(this::connectWithoutTls).isInstanceOf(IOException.class);
        try (JMXConnector client = connect("watcher", "just looking")) {
            MBeanServerConnection beans = client.getMBeanServerConnection();
            assertThat(beans.getAttribute(new ObjectName(HOST), "Degraded")).isEqualTo(false);
            assertThatThrownBy(() -> beans.invoke(
                            new ObjectName("dev.homeostat:type=Plugin,id=files"), "stop", NOTHING, NOTHING))
                    .isInstanceOf(SecurityException.class);
        }
    }

    @SuppressWarnings("BanJNDI") // the address is that of a host which the test has started
    private void connectWithoutTls() throws IOException {
        JMXConnectorFactory.connect(
                        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"),
                        Map.of(JMXConnector.CREDENTIALS, new String[] {"operator", PASSWORD}))
                .close();
    }

    @Test
    void portWithoutTlsAndPasswords_isAConfigurationError() {
        home.config("jmx:\n  port: " + port + "\n");
        HostProcess host = closing(HostProcess.launch(home, List.of(), Map.of()));
        assertThat(host.awaitExit()).isEqualTo(78);
        assertThat(host.err())
                .contains("conf/homeostat.yaml:2: jmx.port: is " + port, "jmx.key-store", "needs TLS and passwords");
        assertThat(home.command("config", "check").hasCode(78).out()).contains("jmx.password-file");
    }

    @Test
    void fileWithPasswordsThatOthersCanRead_isAConfigurationError() throws Exception {
        configure();
        Files.setPosixFilePermissions(home.path("conf/jmx.passwords"), PosixFilePermissions.fromString("rw-r--r--"));
        HostProcess host = closing(HostProcess.launch(home, List.of(), Map.of()));
        assertThat(host.awaitExit()).isEqualTo(78);
        assertThat(host.err()).contains("jmx.password-file", "rw-r--r--", "chmod 600");
    }
}
