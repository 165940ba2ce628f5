package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.notice.Notices;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;

/** The beans of the example host in the MBean server of this process, and a client's way to ask them. */
abstract class BeansFixture {
    static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    final Example example = new Example();
    final ControlMethods methods = new ControlMethods(example.host);
    final Set<String> called = new TreeSet<>();
    final HostBeans beans = open();

    private HostBeans open() {
        Calls calls = new Calls((caller, method, params, items) -> {
            called.add(method);
            return methods.call(caller, method, params, items);
        });
        Notices notices = new Notices(example.host.scheduler(), HostBeans.host());
        HostBeans opened = HostBeans.open(example.host, calls, SERVER, notices);
        example.host.plugins.forEach(opened::pluginChanged);
        example.host.tables.forEach(opened::tableAdded);
        example.host.reconcilers.forEach(opened::reconcilerAdded);
        return opened;
    }

    @AfterEach
    void everythingIsGoneAfterwards() throws Exception {
        beans.close();
        example.close();
        assertThat(names()).isEmpty();
    }

    static Set<ObjectName> names() throws Exception {
        return SERVER.queryNames(new ObjectName("dev.homeostat:*"), null);
    }

    static Object get(String bean, String attribute) throws Exception {
        return SERVER.getAttribute(new ObjectName(bean), attribute);
    }

    static String call(String bean, String operation, String... arguments) throws Exception {
        String[] types = Arrays.stream(arguments).map(one -> "java.lang.String").toArray(String[]::new);
        return (String) SERVER.invoke(new ObjectName(bean), operation, arguments, types);
    }
}
