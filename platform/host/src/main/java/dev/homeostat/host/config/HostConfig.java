package dev.homeostat.host.config;

import dev.homeostat.api.tree.AtLeast;
import dev.homeostat.api.tree.AtMost;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.Description;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All settings of a host.
 *
 * @param sources names of the sources that tables wait for
 * @param sourcesIgnored names of sources that tables wait for no longer
 * @param plugins where plugins are found, and how they are treated
 * @param http where metrics and health can be read over HTTP
 * @param jmx JMX for other machines
 * @param reconcilers options of reconcilers by full name, see {@link ReconcilerOverrides}
 */
public record HostConfig(
        @Default("[manifests]") @Description("The sources that a table waits for before it counts as initialized.")
        List<String> sources,

        @Default("[]") @Description("Sources that fed this home before and that no table is to wait for any more.")
        List<String> sourcesIgnored,

        @Description("Where plugins are found, and how they are treated.")
        Plugins plugins,

        @Default("{}") @Description("Where metrics and health can be read over HTTP.")
        Http http,

        @Default("{}") @Description("JMX for other machines; off without a port.")
        Jmx jmx,

        @Default("{}") @Description("Options of reconcilers, by table/name.")
        Map<String, Tree> reconcilers) {
    static final RecordCodec<HostConfig> CODEC = RecordCodec.of(MethodHandles.lookup(), HostConfig.class);

    /**
     * Settings of plugins.
     *
     * @param directories besides the bundled one; relative to the home
     * @param disabled ids of plugins that are not started
     * @param allow a file with the sums of the jars that may run, relative to the home; empty where any may
     * @param contributeDeadline the longest time that a plugin may take to contribute
     * @param startDeadline the longest time that each thing of a plugin may take to start
     * @param stopDeadline the longest time that a plugin may take to stop, when the host goes on
     */
    public record Plugins(
            @Default("[plugins]") @Description("Directories with plugin jars, besides that of the installation.")
            List<String> directories,

            @Default("[]") @Description("Ids of plugins that are not started.")
            List<String> disabled,

            @Default("") @Description("A file with the SHA-256 sums of the jars that may run; empty: all may.")
            String allow,

            @Default("10s") @AtLeast("10ms") @Description("How long a plugin may take to contribute.")
            Duration contributeDeadline,

            @Default("1m")
            @AtLeast("10ms")
            @Description("How long a thing that a plugin contributes may take to start.")
            Duration startDeadline,

            @Default("10s") @AtLeast("10ms") @Description("How long a plugin may take to stop while the host goes on.")
            Duration stopDeadline) {}

    /**
     * Settings of the HTTP endpoint.
     *
     * @param port where it listens; 0 for nowhere
     * @param address of this machine, as a literal
     */
    public record Http(
            @Default("0")
            @AtLeast("0")
            @AtMost("65535")
            @Description("The port of the HTTP endpoint; 0: there is none.")
            int port,

            @Default(LOOPBACK) @Description("The IP address that the HTTP endpoint listens on.")
            String address) {
        private static final String LOOPBACK = "127.0.0.1";

        /** @throws IllegalArgumentException if the address is none, or given for nothing */
        public Http {
            try {
                InetAddress.ofLiteral(address);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "address: expected an IP address of this machine, such as " + LOOPBACK
                                + ", ::1 or 0.0.0.0 for all of them, but was \"" + address + "\"",
                        e);
            }
            if (port == 0 && !address.equals(LOOPBACK)) {
                throw new IllegalArgumentException("address is " + address
                        + ", and nothing listens there without a port: add one, such as 9464, or leave the"
                        + " address out");
            }
        }

        /** Whether there is an endpoint. */
        public boolean isOn() {
            return port != 0;
        }
    }

    /**
     * Settings of remote JMX, see {@link RemoteJmxSection}.
     *
     * @param port TCP, for everything; 0: nothing listens
     * @param address where it listens
     * @param hostName by which clients reach that address; empty: as the address is written
     * @param keyStore a file with the key and the certificate, relative to the home
     * @param keyStorePasswordFile a file with the password of the key store, relative to the home
     * @param passwordFile a file with those who may log in, relative to the home
     */
    public record Jmx(
            @Default("0")
            @AtLeast("0")
            @AtMost("65535")
            @Description("The TCP port of JMX for other machines; 0: nothing listens.")
            int port,

            @Default(LOOPBACK) @Description("The address at which JMX for other machines listens.")
            String address,

            @Default("") @Description("The name by which clients reach that address; empty: as it is written.")
            String hostName,

            @Default("") @Description("A PKCS #12 file with the host's key and certificate for TLS.")
            String keyStore,

            @Default("") @Description("A file with the password of the key store.")
            String keyStorePasswordFile,

            @Default("")
            @Description("A file with a line NAME ROLE PASSWORD for each who may log in; ROLE is read or control.")
            String passwordFile) {
        static final String LOOPBACK = "127.0.0.1";
    }
}
