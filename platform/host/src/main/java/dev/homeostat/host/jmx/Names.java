package dev.homeostat.host.jmx;

import java.util.regex.Pattern;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The names of the MBeans. Values are quoted only where JMX asks for it. */
final class Names {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,=:\"*?\\n]|^$");

    private Names() {}

    static ObjectName host() {
        return of("Host", "");
    }

    static ObjectName plugin(String id) {
        return of("Plugin", ",id=" + value(id));
    }

    static ObjectName ofPlugin(String id, String name) {
        return of("Plugin", ",id=" + value(id) + ",name=" + value(name));
    }

    static ObjectName table(String name) {
        return of("Table", ",name=" + value(name));
    }

    static ObjectName reconciler(String fullName) {
        return of("Reconciler", ",name=" + value(fullName));
    }

    private static ObjectName of(String type, String rest) {
        try {
            return new ObjectName("dev.homeostat:type=" + type + rest);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("no MBean can be named type=" + type + rest, e);
        }
    }

    private static String value(String text) {
        return NEEDS_QUOTES.matcher(text).find() ? ObjectName.quote(text) : text;
    }
}
