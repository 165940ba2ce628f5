package dev.homeostat.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.remote.RemoteFixture;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin goes while JMX clients from afar look at it. */
@Timeout(90)
final class RemoteSessionsTest {
    private static final ObjectName BEAN;

    static {
        try {
            BEAN = new ObjectName("dev.homeostat:type=Plugin,id=memos,name=bean");
        } catch (javax.management.MalformedObjectNameException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @TempDir
    Path directory;

    private final Map<String, Object> handed = new ConcurrentHashMap<>();
    private HostFixture host;
    private RemoteFixture remote;

    @BeforeEach
    void start() throws Exception {
        System.getProperties().put("remote-sessions", handed);
        remote = new RemoteFixture(directory);
        host = new HostFixture(directory)
                .file("conf/homeostat.yaml", """
                    sources: []
                    jmx:
                      port: %d
                      key-store: %s
                      key-store-password-file: %s
                      password-file: %s
                    """.formatted(
                                remote.settings().port(),
                                remote.settings().keyStore(),
                                remote.settings().keyStorePasswordFile(),
                                remote.settings().passwordFile()))
                .with(
                        MemoPlugin.with(MemoPlugin.CONTRIBUTE + """
                            ctx.mbean("bean", new MemoBean());
                            ((Map<String, Object>) System.getProperties().get("remote-sessions"))
                                    .put("loader", new java.lang.ref.WeakReference<>(ThePlugin.class.getClassLoader()));
                            """)
                                .type(
                                        "test.memos.MemoMXBean",
                                        "public interface MemoMXBean { List<Size> getSizes(); void fail(); void"
                                                + " tell(); }")
                                .type("test.memos.Size", "public record Size(String name, int bytes) {}")
                                .type(
                                        "test.memos.MemoException",
                                        "public class MemoException extends RuntimeException {"
                                                + " MemoException() { super(\"no more paper\"); } }")
                                .type("test.memos.MemoBean", """
                                    public class MemoBean extends javax.management.NotificationBroadcasterSupport
                                            implements MemoMXBean {
                                        public List<Size> getSizes() { return List.of(new Size("a", 7)); }
                                        public void fail() { throw new MemoException(); }
                                        public void tell() {
                                            var told = new javax.management.Notification("memo", "bean", 1, "told");
                                            told.setUserData(new Size("b", 8));
                                            sendNotification(told);
                                        }
                                    }
                                    """)
                                .source("module-info", """
                                    module test.memos {
                                        requires dev.homeostat.api;
                                        requires java.management;
                                        requires org.slf4j;
                                        exports test.memos;
                                        provides dev.homeostat.api.plugin.Plugin with test.memos.ThePlugin;
                                    }
                                    """),
                        "memos.jar")
                .start();
    }

    @AfterEach
    void stop() {
        System.getProperties().remove("remote-sessions");
        host.close();
    }

    @Test
    void pluginThatWasLookedAt_isCollected_whileTheClientStaysConnected() throws Exception {
        WeakReference<?> loader = requireNonNull((WeakReference<?>) handed.get("loader"));
        BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
        try (JMXConnector client = remote.connect(RemoteFixture.OPERATOR, RemoteFixture.OPERATOR_PASSWORD)) {
            MBeanServerConnection connection = client.getMBeanServerConnection();
            for (ObjectName bean : connection.queryNames(new ObjectName("dev.homeostat:*"), null)) {
                for (MBeanAttributeInfo attribute :
                        connection.getMBeanInfo(bean).getAttributes()) {
                    connection.getAttribute(bean, attribute.getName());
                }
                connection.addNotificationListener(bean, (told, handback) -> heard.add(told), null, "x");
            }
            connection.invoke(BEAN, "tell", null, null);
            Notification told = requireNonNull(heard.poll(20, TimeUnit.SECONDS));
            assertThat(told.getSource()).isEqualTo(BEAN);
            assertThat(told.getMessage()).isEqualTo("told");
            assertThat(told.getUserData()).isEqualTo("Size[name=b, bytes=8]");
            assertThatThrownBy(() -> connection.invoke(BEAN, "fail", null, null))
                    .isExactlyInstanceOf(RuntimeMBeanException.class)
                    .hasRootCauseMessage("test.memos.MemoException: no more paper");

            host.lifecycle(() -> host.lifecycleOf().unload("memos", "by command"));

            assertThat(connection.isRegistered(BEAN)).isFalse();
            await().atMost(Duration.ofSeconds(25)).until(() -> loader.refersTo(null));
            assertThat(host.host().degraded()).isFalse();
            assertThat(connection.getMBeanCount()).isPositive();
        }
    }
}
