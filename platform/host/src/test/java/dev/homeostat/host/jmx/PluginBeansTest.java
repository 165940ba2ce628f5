package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.host.mxbean.HostMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;

final class PluginBeansTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final PluginBeans beans = new PluginBeans(server);

    private static HostMXBean bean() {
        return (HostMXBean) Proxy.newProxyInstance(
                HostMXBean.class.getClassLoader(),
                new Class<?>[] {HostMXBean.class},
                (proxy, method, arguments) -> null);
    }

    /** In a package that is not exported. */
    public interface HiddenMXBean {
        int getSize();
    }

    @Test
    void register_publishesUnderThePlugin() throws Exception {
        ObjectName name = new ObjectName("dev.homeostat:type=Plugin,id=memos,name=cache");
        beans.register("memos", "cache", bean());
        assertThat(server.isRegistered(name)).isTrue();
        beans.unregister("memos", "cache");
        beans.unregister("memos", "cache");
        assertThat(server.isRegistered(name)).isFalse();
    }

    /** Beans throw what they like, and clients have no classes but the JDK's. */
    @Test
    void whatABeanThrows_isSaidInTheJdksWords() throws Exception {
        ObjectName name = new ObjectName("dev.homeostat:type=Plugin,id=memos,name=cache");
        HostMXBean failing = (HostMXBean) Proxy.newProxyInstance(
                HostMXBean.class.getClassLoader(), new Class<?>[] {HostMXBean.class}, (proxy, method, arguments) -> {
                    throw new TableRemovedException("memos");
                });
        beans.register("memos", "cache", failing);
        try {
            assertThatThrownBy(() -> server.getAttribute(name, "Version"))
                    .isExactlyInstanceOf(RuntimeMBeanException.class)
                    .cause()
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("TableRemovedException")
                    .hasMessageContaining("memos");
        } finally {
            beans.unregister("memos", "cache");
        }
    }

    /** One that fails there with an exception that it may throw, as a plugin's code may. */
    private static HostMXBean failingIn(String failing) {
        return (HostMXBean) Proxy.newProxyInstance(
                HostMXBean.class.getClassLoader(),
                new Class<?>[] {HostMXBean.class, MBeanRegistration.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(failing)) {
                        throw new IllegalStateException("planted");
                    }
                    return method.getName().equals("preRegister") ? arguments[1] : null;
                });
    }

    @Test
    void beanThatFailsAsItGoes_goesAllTheSame() throws Exception {
        ObjectName name = new ObjectName("dev.homeostat:type=Plugin,id=memos,name=sticky");
        beans.register("memos", "sticky", failingIn("preDeregister"));
        beans.unregister("memos", "sticky");
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void beanThatFailsAsItComes_isNotLeftThere() throws Exception {
        ObjectName name = new ObjectName("dev.homeostat:type=Plugin,id=memos,name=late");
        assertThatThrownBy(() -> beans.register("memos", "late", failingIn("postRegister")))
                .hasStackTraceContaining("planted");
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void beanThatFailsAsItComes_takesNoOtherAway() throws Exception {
        beans.register("memos", "taken", bean());
        try {
            assertThatThrownBy(() -> beans.register("memos", "taken", failingIn("preRegister")))
                    .isInstanceOf(RuntimeException.class);
            assertThat(server.isRegistered(new ObjectName("dev.homeostat:type=Plugin,id=memos,name=taken")))
                    .isTrue();
        } finally {
            beans.unregister("memos", "taken");
        }
    }

    @Test
    void register_ofWhatIsThere_isRefused() {
        beans.register("memos", "cache", bean());
        try {
            assertThatThrownBy(() -> beans.register("memos", "cache", bean()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("taken");
        } finally {
            beans.unregister("memos", "cache");
        }
    }

    @Test
    void register_ofWhatJmxCannotCall_saysWhatToExport() {
        HiddenMXBean hidden = () -> 3;
        assertThatThrownBy(() -> beans.register("memos", "cache", hidden))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exports dev.homeostat.host.jmx;")
                .hasMessageContaining("dev.homeostat.host");
    }

    @Test
    void register_ofWhatIsNoMXBean_isRefused() {
        assertThatThrownBy(() -> beans.register("memos", "text", "text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("MXBean");
    }
}
