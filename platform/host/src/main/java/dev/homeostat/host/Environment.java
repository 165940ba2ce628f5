package dev.homeostat.host;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the process was given besides its command line.
 *
 * @param properties system properties
 * @param variables environment variables
 */
record Environment(Map<String, String> properties, Map<String, String> variables) {
    /** Of this process, as of now. */
    static Environment ofProcess() {
        Map<String, String> properties = new TreeMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            String value = System.getProperty(name);
            if (value != null) {
                properties.put(name, value);
            }
        }
        return new Environment(properties, System.getenv());
    }
}
