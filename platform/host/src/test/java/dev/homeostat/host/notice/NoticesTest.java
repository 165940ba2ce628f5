package dev.homeostat.host.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilterSupport;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class NoticesTest {
    private static final ObjectName HOST = name("test:type=Host");
    private static final ObjectName FILES = name("test:type=Plugin,id=files");

    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final Notices notices = new Notices(scheduler, HOST);
    private final NotificationEmitter host = notices.openHost();
    private final NotificationEmitter files = notices.open(FILES, NoticeType.PLUGIN_STATE);

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    private static Notice started(String plugin) {
        return Notice.of(
                NoticeType.PLUGIN_STATE, "plugin " + plugin + ": ACTIVE", plugin, "1.0.0", "ACTIVE", "FOUND", "");
    }

    @Test
    void notice_isToldAtItsBeanAndAtTheHost() {
        Heard all = Heard.at(host);
        Heard own = Heard.at(files);
        notices.tell(FILES, started("files"));
        assertThat(all.all).as("not on the thread that tells").isEmpty();
        scheduler.runUntilIdle();
        assertThat(own.all).singleElement().satisfies(one -> {
            assertThat(one.getType()).isEqualTo("dev.homeostat.plugin.state");
            assertThat(one.getSource()).isEqualTo(FILES);
            assertThat(one.getMessage()).isEqualTo("plugin files: ACTIVE");
            assertThat(one.getTimeStamp()).isEqualTo(VirtualScheduler.START.toEpochMilli());
        });
        assertThat(own.last("before")).isEqualTo("FOUND");
        assertThat(all.all).singleElement().extracting(Notification::getSource).isEqualTo(HOST);
    }

    @Test
    void everyType_isDeclaredWithItsDescription() {
        assertThat(host.getNotificationInfo())
                .hasSameSizeAs(NoticeType.values())
                .allSatisfy(info -> assertThat(info.getDescription()).endsWith("."));
        assertThat(files.getNotificationInfo())
                .singleElement()
                .satisfies(info -> assertThat(info.getNotifTypes()).containsExactly("dev.homeostat.plugin.state"));
    }

    @Test
    void filter_keepsOthersAway() {
        Heard heard = new Heard();
        NotificationFilterSupport reconcilers = new NotificationFilterSupport();
        reconcilers.enableType("dev.homeostat.reconciler");
        host.addNotificationListener(heard, reconcilers, null);
        notices.tell(FILES, started("files"));
        scheduler.runUntilIdle();
        assertThat(heard.all).isEmpty();
    }

    @Test
    void listenerThatFails_harmsNobody() {
        host.addNotificationListener(
                (notification, handback) -> {
                    throw new IllegalStateException("planted");
                },
                null,
                null);
        Heard heard = Heard.at(host);
        notices.tell(FILES, started("files"));
        notices.tell(FILES, started("files"));
        scheduler.runUntilIdle();
        assertThat(heard.all).hasSize(2);
    }

    @Test
    void listenerThatHangs_keepsNobodyWaiting() throws Exception {
        try (ClosableScheduler threads = Schedulers.named("notices-test")) {
            Notices real = new Notices(threads, HOST);
            NotificationEmitter emitter = real.openHost();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch heard = new CountDownLatch(2);
            emitter.addNotificationListener(
                    (notification, handback) -> {
                        begun.countDown();
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    null,
                    null);
            emitter.addNotificationListener((notification, handback) -> heard.countDown(), null, null);
            real.tell(HOST, started("files"));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            real.tell(HOST, started("files"));
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
            end.countDown();
        }
    }

    @Test
    void listenerThatIsTooSlow_getsTheNewestThousand() {
        Heard heard = Heard.at(host);
        for (int i = 0; i < 1500; i++) {
            notices.tell(FILES, started("files-" + i));
        }
        scheduler.runUntilIdle();
        assertThat(heard.all).hasSize(1000);
        assertThat(heard.all.getFirst().getMessage()).contains("files-500");
        assertThat(heard.last("plugin")).isEqualTo("files-1499");
    }

    @Test
    void listenerThatIsRemoved_hearsNothingMore() throws Exception {
        Heard heard = Heard.at(host);
        notices.tell(FILES, started("files"));
        host.removeNotificationListener(heard);
        notices.tell(FILES, started("files"));
        scheduler.runUntilIdle();
        assertThat(heard.all).isEmpty();
        assertThatThrownBy(() -> host.removeNotificationListener(heard)).isInstanceOf(ListenerNotFoundException.class);
    }

    @Test
    void listener_isRemovedWithItsFilterAndHandback() throws Exception {
        Heard heard = new Heard();
        files.addNotificationListener(heard, null, "one");
        files.addNotificationListener(heard, null, "two");
        files.removeNotificationListener(heard, null, "one");
        notices.tell(FILES, started("files"));
        scheduler.runUntilIdle();
        assertThat(heard.all).hasSize(1);
    }

    @Test
    void beanThatGoes_stillTellsWhatWasToldBefore() {
        Heard heard = Heard.at(files);
        notices.tell(FILES, started("last"));
        notices.close(FILES);
        notices.tell(FILES, started("never"));
        scheduler.runUntilIdle();
        assertThat(heard.all).hasSize(1);
        assertThat(heard.last("plugin")).isEqualTo("last");
    }

    @Test
    void userData_isOfTypesThatEveryClientHas() {
        Heard heard = Heard.at(host);
        notices.tell(
                FILES,
                Notice.of(
                        NoticeType.RECONCILER_DEGRADED,
                        "files/files: 1 fails",
                        "files/files",
                        "1 of 2 object(s) fail",
                        1L,
                        "a: no",
                        new String[] {"prune 7 is held"}));
        scheduler.runUntilIdle();
        assertThat((String[]) heard.last("problems")).containsExactly("prune 7 is held");
        assertThat(heard.all.getFirst().getUserData().getClass().getName()).startsWith("javax.management.");
    }

    @Test
    void ownListeners_areNotForeign() {
        NotificationListener listener = new Heard();
        host.addNotificationListener(listener, null, null);
        assertThat(notices.foreign()).isEqualTo(List.of());
    }
}
