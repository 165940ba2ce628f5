package dev.homeostat.host.leak;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector of this JVM, and first of what the JDK and Guice keep for no purpose ({@link RecordLinks}, {@link InjectionSources}).
 *
 * <p>With {@code -XX:+ExplicitGCInvokesConcurrent}, as the distribution has it, {@link System#gc} is a concurrent cycle of G1, which takes for alive what is
 * in the survivor regions at its begin; and in a young collection all class loaders are roots. So a plugin's loader is found dead only in the cycle after the
 * one that moves it to the old generation: the third with {@code -XX:MaxTenuringThreshold=1}, the seventeenth without. A histogram of the live objects is
 * made after a full collection, whatever the flags are.
 */
public final class JvmCollector implements Collector {
    private static final Logger LOG = LoggerFactory.getLogger(JvmCollector.class);
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    private final MBeanServer beans;

    /**
     * A collector.
     *
     * @param beans has the JVM's diagnostic commands: the platform's
     */
    public JvmCollector(MBeanServer beans) {
        this.beans = beans;
    }

    /** The one that has the platform's MBeans. */
    static JvmCollector ofPlatform() {
        return new JvmCollector(ManagementFactory.getPlatformMBeanServer());
    }

    @Override
    public void collect() {
        forget();
        System.gc();
    }

    @Override
    public void collectAll() {
        forget();
        try {
            beans.invoke(new ObjectName(COMMANDS), "gcClassHistogram", new Object[] {new String[0]}, new String[] {
                String[].class.getName()
            });
        } catch (JMException e) {
            LOG.warn(
                    "this JVM has no full collection on demand, so a plugin may be told to leak that does not: {}",
                    e.toString());
        }
    }

    private static void forget() {
        RecordLinks.forget();
        InjectionSources.forget();
    }
}
