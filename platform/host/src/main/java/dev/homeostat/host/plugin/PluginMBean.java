package dev.homeostat.host.plugin;

import java.util.Hashtable;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** An MBean that a plugin publishes beneath its own. */
final class PluginMBean {
    private static final Pattern PLAIN = Pattern.compile("[^,=:\"*?\\n]+");

    private PluginMBean() {}

    static Contribution contribution(String plugin, String name, Object mxbean, MBeanServer server) {
        ObjectName objectName = objectName(plugin, name);
        return new OtherContribution(
                "MBean \"" + name + "\"",
                () -> server.registerMBean(mxbean, objectName),
                () -> server.unregisterMBean(objectName));
    }

    @SuppressWarnings("JdkObsolete") // what ObjectName takes
    private static ObjectName objectName(String plugin, String name) {
        Hashtable<String, String> keys = new Hashtable<>();
        keys.put("type", "Plugin");
        keys.put("id", quoted(plugin));
        keys.put("name", quoted(name));
        try {
            return new ObjectName("dev.homeostat", keys);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("MBean \"" + name + "\": " + e.getMessage(), e);
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : ObjectName.quote(value);
    }
}
