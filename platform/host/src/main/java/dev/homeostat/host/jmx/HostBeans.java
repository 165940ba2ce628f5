package dev.homeostat.host.jmx;

import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.mxbean.HostMXBean;
import dev.homeostat.host.mxbean.PluginMXBean;
import dev.homeostat.host.mxbean.ReconcilerMXBean;
import dev.homeostat.host.mxbean.TableMXBean;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.host.view.TableView;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MBeans of one host: registered and unregistered as what they are about comes and goes. A name that something else has taken is logged, and what would
 * have had it goes without. Safe for all threads.
 */
public final class HostBeans implements ContributionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostBeans.class);

    private final HostView view;
    private final MBeanServer server;
    private final Calls calls;
    private final Set<ObjectName> registered = new LinkedHashSet<>(); // guarded by this
    private final Map<String, PluginBean> plugins = new HashMap<>(); // guarded by this

    private HostBeans(HostView view, ControlMethods methods, MBeanServer server) {
        this.view = view;
        this.server = server;
        this.calls = new Calls(methods);
    }

    /**
     * Registers the host's own MBean. The others come with what this hears as a listener.
     *
     * @param methods what the operations call, the same as the command
     */
    public static HostBeans open(HostView view, ControlMethods methods, MBeanServer server) {
        HostBeans beans = new HostBeans(view, methods, server);
        beans.register(Names.host(), new HostBean(view, beans.calls), HostMXBean.class);
        return beans;
    }

    @Override
    public synchronized void pluginChanged(PluginView plugin) {
        PluginBean known = plugins.get(plugin.id());
        if (known != null) {
            known.show(plugin);
            return;
        }
        PluginBean bean = new PluginBean(plugin, calls);
        plugins.put(plugin.id(), bean);
        register(Names.plugin(plugin.id()), bean, PluginMXBean.class);
    }

    @Override
    public synchronized void pluginRemoved(String id) {
        plugins.remove(id);
        unregister(Names.plugin(id));
    }

    @Override
    public void tableAdded(TableView table) {
        register(Names.table(table.table().name()), new TableBean(table, view.database(), calls), TableMXBean.class);
    }

    @Override
    public void tableRemoved(TableView table) {
        unregister(Names.table(table.table().name()));
    }

    @Override
    public void reconcilerAdded(ReconcilerView reconciler) {
        String name = reconciler.reconciler().fullName();
        ReconcilerBean bean = new ReconcilerBean(reconciler, view, calls);
        register(
                Names.reconciler(name),
                new OptionAttributes(new DescribedBean<>(bean, ReconcilerMXBean.class), view.steering(), calls, name));
    }

    @Override
    public void reconcilerRemoved(ReconcilerView reconciler) {
        unregister(Names.reconciler(reconciler.reconciler().fullName()));
    }

    private <T> void register(ObjectName name, T bean, Class<T> type) {
        register(name, new DescribedBean<>(bean, type));
    }

    private synchronized void register(ObjectName name, DynamicMBean bean) {
        try {
            server.registerMBean(bean, name);
            registered.add(name);
        } catch (InstanceAlreadyExistsException e) {
            LOG.warn("MBean {} is taken by something else in this process; the host goes on without it", name);
        } catch (JMException e) {
            LOG.warn("MBean {} could not be registered; the host goes on without it", name, e);
        }
    }

    private synchronized void unregister(ObjectName name) {
        if (!registered.remove(name)) {
            return;
        }
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            LOG.debug("MBean {} was gone already", name);
        } catch (JMException e) {
            LOG.warn("MBean {} could not be taken away", name, e);
        }
    }

    /** Takes away every MBean that it registered. */
    @Override
    public synchronized void close() {
        Set.copyOf(registered).forEach(this::unregister);
        plugins.clear();
    }
}
