package dev.homeostat.host.jmx;

import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.mxbean.HostMXBean;
import dev.homeostat.host.mxbean.PluginMXBean;
import dev.homeostat.host.mxbean.ReconcilerMXBean;
import dev.homeostat.host.mxbean.TableMXBean;
import dev.homeostat.host.notice.HostWatch;
import dev.homeostat.host.notice.NoticeType;
import dev.homeostat.host.notice.Notices;
import dev.homeostat.host.notice.PluginWatch;
import dev.homeostat.host.notice.ReconcilerWatch;
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
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationEmitter;
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
    private final Notices notices;
    private final PluginWatch pluginWatch;
    private final HostWatch hostWatch;
    private final ReconcilerWatch reconcilerWatch;
    private final Set<ObjectName> registered = new LinkedHashSet<>(); // guarded by this
    private final Map<String, PluginBean> plugins = new HashMap<>(); // guarded by this

    private HostBeans(HostView view, Calls calls, MBeanServer server, Notices notices) {
        this.view = view;
        this.server = server;
        this.calls = calls;
        this.notices = notices;
        this.pluginWatch = new PluginWatch(notices, Names::plugin);
        this.hostWatch = new HostWatch(notices, Names.host(), view, view.scheduler());
        this.reconcilerWatch = new ReconcilerWatch(notices, Names::reconciler, view.scheduler());
    }

    /**
     * Registers the host's own MBean. The others come with what this hears as a listener.
     *
     * @param methods what the operations call, the same as the command
     * @param notices tells the notifications of all of them
     */
    public static HostBeans open(HostView view, ControlMethods methods, MBeanServer server, Notices notices) {
        return open(view, new Calls(methods::call), server, notices);
    }

    static HostBeans open(HostView view, Calls calls, MBeanServer server, Notices notices) {
        HostBeans beans = new HostBeans(view, calls, server, notices);
        beans.register(
                Names.host(),
                new DescribedBean<>(new HostBean(view, beans.calls), HostMXBean.class, notices.openHost()));
        return beans;
    }

    /** The name of the host's own bean. */
    public static ObjectName host() {
        return Names.host();
    }

    /** The name of a reconciler's bean, by its full name. */
    public static ObjectName reconciler(String fullName) {
        return Names.reconciler(fullName);
    }

    @Override
    public synchronized void pluginChanged(PluginView plugin) {
        PluginBean known = plugins.get(plugin.id());
        if (known != null) {
            known.show(plugin);
        } else {
            PluginBean bean = new PluginBean(plugin, calls);
            plugins.put(plugin.id(), bean);
            ObjectName name = Names.plugin(plugin.id());
            NotificationEmitter emitter = notices.open(name, NoticeType.PLUGIN_STATE, NoticeType.PLUGIN_LEAKED);
            register(name, new DescribedBean<>(bean, PluginMXBean.class, emitter));
        }
        pluginWatch.changed(plugin, view.leaks());
    }

    @Override
    public synchronized void pluginRemoved(String id) {
        plugins.remove(id);
        pluginWatch.removed(id);
        unregister(Names.plugin(id));
    }

    @Override
    public void tableAdded(TableView table) {
        TableBean bean = new TableBean(table, view.database(), calls);
        register(
                Names.table(table.table().name()),
                new DescribedBean<>(bean, TableMXBean.class, new NotificationBroadcasterSupport()));
    }

    @Override
    public void tableRemoved(TableView table) {
        unregister(Names.table(table.table().name()));
    }

    @Override
    public void reconcilerAdded(ReconcilerView reconciler) {
        String name = reconciler.reconciler().fullName();
        ObjectName objectName = Names.reconciler(name);
        NotificationEmitter emitter = notices.open(
                objectName,
                NoticeType.RECONCILER_DEGRADED,
                NoticeType.RECONCILER_RECOVERED,
                NoticeType.PRUNE_HELD,
                NoticeType.ROW_FAILED);
        ReconcilerBean bean = new ReconcilerBean(reconciler, view, calls);
        register(
                objectName,
                new OptionAttributes(
                        new DescribedBean<>(bean, ReconcilerMXBean.class, emitter), view.steering(), calls, name));
        reconcilerWatch.add(reconciler.reconciler());
    }

    @Override
    public void reconcilerRemoved(ReconcilerView reconciler) {
        String name = reconciler.reconciler().fullName();
        reconcilerWatch.remove(name);
        unregister(Names.reconciler(name));
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
        notices.close(name);
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
        hostWatch.close();
        reconcilerWatch.close();
        Set.copyOf(registered).forEach(this::unregister);
        plugins.clear();
    }
}
