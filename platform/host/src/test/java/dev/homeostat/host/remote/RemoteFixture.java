package dev.homeostat.host.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import javax.rmi.ssl.SslRMIClientSocketFactory;

/** A directory with all that remote JMX needs, and a client that trusts whatever key it is shown. */
public final class RemoteFixture {
    public static final String READER = "watcher";
    public static final String READER_PASSWORD = "only-looking";
    public static final String OPERATOR = "operator";
    public static final String OPERATOR_PASSWORD = "may turn knobs";

    final Path keyStore;
    final Path keyStorePassword;
    final Path passwords;
    private final int port = freePort();

    public RemoteFixture(Path directory) throws IOException {
        keyStore = directory.resolve("jmx.p12");
        keyStorePassword = directory.resolve("jmx.p12.password");
        passwords = directory.resolve("jmx.passwords");
        secret(keyStorePassword, "store-password\n");
        secret(passwords, """
            # who may log in
            %s read %s
            %s control %s
            """.formatted(READER, READER_PASSWORD, OPERATOR, OPERATOR_PASSWORD));
        makeKey("CN=first");
        trustEveryone();
    }

    static void secret(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** A new key in place of the one before. */
    void makeKey(String name) throws IOException {
        Files.deleteIfExists(keyStore);
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "homeostat",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            name,
                            "-ext",
                            "san=ip:127.0.0.1,ip:" + InetAddress.getLocalHost().getHostAddress(),
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            keyStore.toString(),
                            "-storepass:file",
                            keyStorePassword.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new AssertionError(said);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        Files.setPosixFilePermissions(keyStore, PosixFilePermissions.fromString("rw-------"));
    }

    /** At all addresses: RMI reads once in a process which one clients are sent to, and another test of this process may have been first. */
    public RemoteSettings settings() {
        return new RemoteSettings(
                InetAddress.ofLiteral("0.0.0.0"), "127.0.0.1", port, keyStore, keyStorePassword, passwords);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Logs in as a generic client does. */
    @SuppressWarnings("BanJNDI") // the address is that of this test
    public JMXConnector connect(String name, String password) throws IOException {
        return connect(Map.of(JMXConnector.CREDENTIALS, new String[] {name, password}));
    }

    @SuppressWarnings("BanJNDI") // the address is that of this test
    JMXConnector connect(Map<String, Object> with) throws IOException {
        Map<String, Object> environment = new HashMap<>(with);
        environment.put("com.sun.jndi.rmi.factory.socket", new SslRMIClientSocketFactory());
        return JMXConnectorFactory.connect(new JMXServiceURL(settings().url()), environment);
    }

    private static void trustEveryone() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Everyone()}, new SecureRandom());
            SSLContext.setDefault(context); // RMI's own client factory asks for nothing else
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("CustomX509TrustManager")
    private static final class Everyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
