package dev.homeostat.host;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this host, which is also that of the plugin API; written into the jar by the build. */
final class HostVersion {
    private HostVersion() {}

    static String read() {
        try (InputStream in = HostVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("version.properties is missing in the host's jar", e);
        }
    }
}
