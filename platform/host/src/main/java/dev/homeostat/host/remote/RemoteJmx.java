package dev.homeostat.host.remote;

import dev.homeostat.host.control.Audit;
import java.io.IOException;
import java.rmi.NoSuchObjectException;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JMX on a TCP port: registry and connector behind one server socket that speaks TLS and nothing else, and a login before anything is told. Closed by whoever opened it.
 *
 * <p>Made of the JDK's own connector, and not by its agent: that one is configured by flags of the JVM, keeps a file with the password of the key store open to a
 * format of its own, and rewrites the password file.
 */
public final class RemoteJmx implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteJmx.class);

    /** RMI tells clients this address. It reads the property once in a process. */
    private static final String HOST_NAME = "java.rmi.server.hostname";

    private static final String BOUND = "jmxrmi";

    /** What clients may send before they have logged in: an array is made in the length that it says, before anything of it has come. */
    private static final String CREDENTIALS_ONLY = "maxarray=2;maxdepth=2;maxrefs=10;java.lang.String;!*";

    /** What clients may send after that: what JMX itself and open types are made of. Sets in sets, deeper than anybody needs, would take for ever to hash. */
    private static final String OF_THE_JDK = String.join(
            ";",
            "maxarray=1048576", // arguments come as an array of bytes
            "maxdepth=20",
            "maxrefs=100000",
            "java.lang.*",
            "java.math.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.rmi.MarshalledObject",
            "javax.management.*",
            "javax.management.openmbean.*",
            "javax.management.relation.*",
            "javax.management.timer.*",
            "javax.security.auth.Subject",
            "!*");

    private final RemoteSettings settings;
    private final List<Remote> exported = new ArrayList<>();
    private final List<JMXConnectorServer> servers = new ArrayList<>();

    private final Audit audit;
    private final InstantSource clock;

    private RemoteJmx(RemoteSettings settings, Audit audit, InstantSource clock) {
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Opens the key store, to no other end.
     *
     * @throws IOException says in words what is wrong with it
     */
    public static void checkKeyStore(RemoteSettings settings) throws IOException {
        new KeyMaterial(settings).context();
    }

    /**
     * Reads who may log in, to no other end.
     *
     * @throws IOException says in words what is wrong with the file
     */
    public static void checkUsers(RemoteSettings settings) throws IOException {
        new Users(settings.passwordFile()).read();
    }

    /**
     * Begins to listen.
     *
     * @param audit hears what is refused, and what is done to beans that do not tell it themselves
     * @param clock of what it hears
     * @throws IOException if it cannot; says which setting is in the way
     */
    public static RemoteJmx open(RemoteSettings settings, MBeanServer beans, Audit audit, InstantSource clock)
            throws IOException {
        RemoteJmx remote = new RemoteJmx(settings, audit, clock);
        try {
            remote.start(beans);
            return remote;
        } catch (IOException e) {
            remote.close();
            throw new IOException(
                    "remote JMX cannot listen at " + settings.address().getHostAddress() + ", port " + settings.port()
                            + ": " + rootMessage(e) + "; change jmx.address or jmx.port in conf/homeostat.yaml",
                    e);
        }
    }

    private void start(MBeanServer beans) throws IOException {
        if (System.getProperty(HOST_NAME) == null) {
            System.setProperty(HOST_NAME, settings.hostName());
        }
        KeyMaterial keys = new KeyMaterial(settings);
        keys.context();
        SslRMIClientSocketFactory clients = new SslRMIClientSocketFactory();
        RMIServerSocketFactory sockets = port -> new TlsServerSocket(settings.address(), port, keys);
        Registry registry = LocateRegistry.createRegistry(settings.port(), clients, sockets);
        exported.add(registry);
        Map<String, Object> environment = Map.of(
                JMXConnectorServer.AUTHENTICATOR,
                new Login(new Users(settings.passwordFile())),
                RMIConnectorServer.CREDENTIALS_FILTER_PATTERN,
                CREDENTIALS_ONLY,
                RMIConnectorServer.SERIAL_FILTER_PATTERN,
                OF_THE_JDK);
        RMIJRMPServerImpl connector = new RMIJRMPServerImpl(settings.port(), clients, sockets, environment);
        JMXServiceURL local = new JMXServiceURL("rmi", settings.hostName(), settings.port());
        RMIConnectorServer server = new RMIConnectorServer(local, environment, connector, beans);
        server.setMBeanServerForwarder(RoleGate.closed(audit, clock));
        server.start();
        servers.add(server);
        registry.rebind(BOUND, connector.toStub());
        warnOfAnotherName(connector.toStub());
        LOG.info("JMX listens at {}, with TLS and passwords", settings.url());
    }

    /** Something in this process used RMI before, or somebody set the property: clients would be sent to another address. */
    private void warnOfAnotherName(Remote stub) {
        String expected = "[" + settings.hostName() + ":" + settings.port();
        if (!stub.toString().contains(expected)) {
            LOG.warn(
                    "JMX clients are sent to another address than {}: start the host with -D{}={} in conf/jvm.options",
                    settings.hostName(),
                    HOST_NAME,
                    settings.hostName());
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Ends all connections, and listens no more. */
    @Override
    public void close() {
        for (JMXConnectorServer server : servers) {
            try {
                server.stop();
            } catch (IOException e) {
                LOG.debug("the JMX connector did not stop in order: {}", e.toString());
            }
        }
        for (Remote one : exported) {
            try {
                UnicastRemoteObject.unexportObject(one, true);
            } catch (NoSuchObjectException e) {
                LOG.debug("the JMX registry was gone already");
            }
        }
        servers.clear();
        exported.clear();
    }
}
