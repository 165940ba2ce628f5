package dev.homeostat.host.remote;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * What remote JMX needs; all of it was checked.
 *
 * @param address where it listens
 * @param hostName by which clients reach that address
 * @param port TCP, for everything
 * @param keyStore with the key and the certificate of this host
 * @param keyStorePasswordFile holds the password of that, and of the key in it
 * @param passwordFile who may log in, see {@link Users}
 */
public record RemoteSettings(
        InetAddress address, String hostName, int port, Path keyStore, Path keyStorePasswordFile, Path passwordFile) {
    /** What a client is given to connect. */
    public String url() {
        String host = hostName.contains(":") && !hostName.startsWith("[") ? "[" + hostName + "]" : hostName;
        return "service:jmx:rmi:///jndi/rmi://" + host + ":" + port + "/jmxrmi";
    }
}
