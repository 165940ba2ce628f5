package dev.homeostat.host.jmx;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The MBeans that plugins publish themselves, as {@code dev.homeostat:type=Plugin,id=ID,name=NAME}. Safe for all threads. */
public final class PluginBeans {
    private final MBeanServer server;
    private final Set<ObjectName> registered = ConcurrentHashMap.newKeySet();

    /** Publishes in that server. */
    public PluginBeans(MBeanServer server) {
        this.server = server;
    }

    /**
     * Publishes an MXBean, or what describes itself as MBeans may. The package of its interface has to be exported to everybody: the JDK calls it from a module without a name.
     *
     * @throws IllegalArgumentException if the name is taken, or the object is no MXBean; the message says which
     */
    public void register(String plugin, String name, Object mxbean) {
        ObjectName objectName = Names.ofPlugin(plugin, name);
        refuseWhatCannotBeCalled(objectName, mxbean);
        boolean isTaken = server.isRegistered(objectName);
        try {
            server.registerMBean(
                    mxbean instanceof DynamicMBean dynamic
                            ? dynamic
                            : new DescribedBean<>(mxbean, ReadableNotifications.of(mxbean, objectName)),
                    objectName);
            registered.add(objectName);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalArgumentException("MBean " + objectName + " is taken: choose another name", e);
        } catch (JMException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "MBean " + objectName + ": " + mxbean.getClass().getName() + " is no MXBean: it has to implement a"
                            + " public interface whose name ends in MXBean (" + e.getMessage() + ")",
                    e);
        } catch (JMRuntimeException e) { // its own code failed, maybe when it was there already: JMX leaves it there
            if (!isTaken && server.isRegistered(objectName)) {
                registered.add(objectName);
                unregister(plugin, name);
            }
            throw e;
        }
    }

    /** Said at once and in words: otherwise each read of an attribute would fail with an exception about a trampoline. */
    private static void refuseWhatCannotBeCalled(ObjectName name, Object mxbean) {
        for (Class<?> type = mxbean.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> implemented : type.getInterfaces()) {
                if (JMX.isMXBeanInterface(implemented)
                        && !implemented.getModule().isExported(implemented.getPackageName())) {
                    throw new IllegalArgumentException("MBean " + name + ": JMX cannot call " + implemented.getName()
                            + ": add \"exports " + implemented.getPackageName() + ";\" to the module-info of "
                            + implemented.getModule().getName());
                }
            }
        }
    }

    /** Takes an MBean away that was published here; does nothing when it was not. */
    public void unregister(String plugin, String name) {
        ObjectName objectName = Names.ofPlugin(plugin, name);
        if (registered.remove(objectName)) {
            try {
                server.unregisterMBean(objectName);
            } catch (InstanceNotFoundException e) {
                // Somebody else took it away: it is gone, as was asked.
            } catch (JMException e) {
                throw new IllegalStateException("MBean " + objectName + " could not be taken away", e);
            }
        }
    }
}
