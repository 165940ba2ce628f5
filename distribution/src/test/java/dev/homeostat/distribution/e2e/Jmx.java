package dev.homeostat.distribution.e2e;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A JMX client that attaches to a running host, as JConsole does. */
final class Jmx implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Jmx(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    @SuppressWarnings("BanJNDI") // the address is that of a process which the test has started
    static Jmx attach(HostProcess host) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(host.pid()));
            try {
                return new Jmx(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** An attribute of a table's, reconciler's or plugin's bean, or of the host's own. */
    Object get(String bean, String attribute) {
        try {
            return server.getAttribute(new ObjectName(bean), attribute);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new AssertionError(bean + " " + attribute, e);
        }
    }

    void set(String bean, String attribute, Object value) {
        try {
            server.setAttribute(new ObjectName(bean), new Attribute(attribute, value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new AssertionError(bean + " " + attribute, e);
        }
    }

    long number(String bean, String attribute) {
        return ((Number) get(bean, attribute)).longValue();
    }

    /** Calls an operation that takes one number. */
    Object call(String bean, String operation, long argument) {
        try {
            return server.invoke(
                    new ObjectName(bean), operation, new Object[] {argument}, new String[] {long.class.getName()});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new AssertionError(bean + " " + operation, e);
        }
    }

    /** Calls an operation that takes texts. */
    Object call(String bean, String operation, String... arguments) {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        try {
            return server.invoke(new ObjectName(bean), operation, arguments, types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new AssertionError(bean + " " + operation, e);
        }
    }

    /** The value of a flag of the JVM. */
    String flag(String name) {
        try {
            Object option = server.invoke(
                    new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                    "getVMOption",
                    new Object[] {name},
                    new String[] {String.class.getName()});
            return (String) ((CompositeData) option).get("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new AssertionError(name, e);
        }
    }

    /** The names of all beans that match. */
    Set<String> names(String pattern) {
        try {
            Set<String> names = new TreeSet<>();
            for (ObjectName name : server.queryNames(new ObjectName(pattern), null)) {
                names.add(name.toString());
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new AssertionError(pattern, e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
