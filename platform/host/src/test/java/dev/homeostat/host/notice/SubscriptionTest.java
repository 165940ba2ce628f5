package dev.homeostat.host.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.Notification;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
    @Test
    void whereThereIsNoThreadJustThen_theNoticeComesWithTheNext() {
        List<Long> heard = new ArrayList<>();
        Subscription subscription =
                new Subscription((notice, handback) -> heard.add(notice.getSequenceNumber()), null, null, null);
        AtomicBoolean full = new AtomicBoolean(true);
        Executor threads = task -> {
            if (full.get()) {
                throw new IllegalStateException("no memory for a thread");
            }
            task.run();
        };
        subscription.tell(new Notification("test", "test", 1), threads);
        full.set(false);
        subscription.tell(new Notification("test", "test", 2), threads);
        assertThat(heard).containsExactly(1L, 2L);
    }
}
