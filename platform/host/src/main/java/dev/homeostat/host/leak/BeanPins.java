package dev.homeostat.host.leak;

import java.util.function.Consumer;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** MBeans, by the loader of their class. */
final class BeanPins implements PinFinder {
    private final MBeanServer server;

    BeanPins(MBeanServer server) {
        this.server = server;
    }

    @Override
    public void find(Suspect suspect, Consumer<Pin> found) {
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                if (suspect.isKeptBy(server.getClassLoaderFor(name))) {
                    found.accept(new Pin(
                            "MBean " + name + " of class "
                                    + server.getObjectInstance(name).getClassName(),
                            "publish it with ctx.mbean, or unregister it in ctx.onStop"));
                }
            } catch (InstanceNotFoundException e) {
                // It went meanwhile: it keeps nothing.
            }
        }
    }
}
