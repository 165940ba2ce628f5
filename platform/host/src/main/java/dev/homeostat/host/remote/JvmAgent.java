package dev.homeostat.host.remote;

import java.util.Map;

/** The JDK's own way to JMX from afar: flags of the JVM, of which the host knows nothing but that they are there. */
public final class JvmAgent {
    /** With it, the JDK's agent listens. */
    public static final String PORT = "com.sun.management.jmxremote.port";

    private JvmAgent() {}

    /**
     * What to know of it; empty where those system properties open no port.
     *
     * @param properties as the JVM was given them
     */
    public static String warning(Map<String, String> properties) {
        String port = properties.getOrDefault(PORT, "");
        if (port.isEmpty()) {
            return "";
        }
        return "the JDK's own JMX agent listens at port " + port + ", "
                + (isProtected(properties)
                        ? "past the roles and the audit log of the host"
                        : "with " + missing(properties) + ": whoever reaches it can do everything that the host can")
                + "; take the flags com.sun.management.jmxremote.* out, and let the section jmx of conf/homeostat.yaml"
                + " open it instead";
    }

    /** Whether it asks for passwords, and speaks TLS, as far as these properties say. */
    public static boolean isProtected(Map<String, String> properties) {
        return missing(properties).isEmpty();
    }

    private static String missing(Map<String, String> properties) {
        boolean asks = isOn(properties, "com.sun.management.jmxremote.authenticate");
        boolean encrypts = isOn(properties, "com.sun.management.jmxremote.ssl");
        return asks ? encrypts ? "" : "no TLS" : encrypts ? "no passwords" : "neither passwords nor TLS";
    }

    /** As the JDK reads it: on by default, and off for all that is not true. */
    private static boolean isOn(Map<String, String> properties, String name) {
        return Boolean.parseBoolean(properties.getOrDefault(name, "true"));
    }
}
