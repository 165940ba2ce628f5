package dev.homeostat.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.host.metrics.HostMetrics;
import dev.homeostat.host.metrics.HttpMeters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
final class ListenerTest {
    private static final int BIG = 64 << 20;

    private final ClosableScheduler scheduler = Schedulers.named("test");
    private final HostMetrics metrics = HostMetrics.open(ManagementFactory.getPlatformMBeanServer(), scheduler);
    private final HttpMeters meters = metrics.http();
    private Listener listener;

    @BeforeEach
    void open() throws IOException {
        Map<String, Page> pages = new TreeMap<>(Map.of(
                "/page", () -> Reply.text(200, "hello\n"),
                "/big", () -> Reply.text(200, "x".repeat(BIG)),
                "/bad",
                        () -> {
                            throw new IllegalStateException("planted");
                        }));
        listener = Listener.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pages, meters, Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        listener.close();
        metrics.close();
        scheduler.close();
        await("its threads end")
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("homeostat-http")));
    }

    private String ask(String request) throws IOException {
        return RawClient.ask(listener.port(), request);
    }

    private long refused() {
        return metrics.registry().counter("http.refused").getCount();
    }

    private long answered() {
        return metrics.registry().timer("http.requests").getCount();
    }

    @Test
    void get_isAnswered_andTheConnectionClosed() throws IOException {
        assertThat(ask("GET /page?a=b HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "Content-Length: 6\r\n", "Content-Type: text/plain; charset=utf-8\r\n", "Connection: close\r\n")
                .endsWith("\r\n\r\nhello\n");
        assertThat(ask("GET /page HTTP/1.0\n\n")).endsWith("hello\n");
        await().untilAsserted(() -> assertThat(answered()).isEqualTo(2));
    }

    @Test
    void head_isAnsweredWithoutABody() throws IOException {
        assertThat(ask("HEAD /page HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: 6\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void otherMethods_areRefused_alsoWithABodyThatNobodyReads() throws IOException {
        assertThat(ask("POST /page HTTP/1.1\r\nContent-Length: 30000\r\n\r\n" + "x".repeat(30_000)))
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                .contains("Allow: GET, HEAD\r\n");
        assertThat(ask("DELETE /page HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void unknownPath_isToldWhatThereIs() throws IOException {
        assertThat(ask("GET /page/more HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .endsWith("there is nothing here; there are /bad, /big, /page\n");
        assertThat(ask("GET /../etc/passwd HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void garbage_isAnsweredAsSuch() throws IOException {
        for (String line :
                List.of("hello", "GET /page", "GET page HTTP/1.1", "get /page HTTP/1.1", "GET /page HTTP/2", "")) {
            assertThat(ask(line + "\r\n\r\n")).as(line).startsWith("HTTP/1.1 400 Bad Request\r\n");
        }
        assertThat(ask("\u0016\u0003\u0001\u0000 TLS \n\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void endlessHead_isCutOff() throws IOException {
        assertThat(ask("GET /page HTTP/1.1\r\n" + "A: b\r\n".repeat(2_000))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void pageThatThrows_isAnsweredAndLogged_andTheOthersGoOn() throws IOException {
        assertThat(ask("GET /bad HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 500 ").doesNotContain("planted");
        assertThat(ask("GET /page HTTP/1.1\r\n\r\n")).endsWith("hello\n");
    }

    @Test
    void clientThatSaysNothing_orSlowly_isCutOff() throws Exception {
        try (RawClient silent = new RawClient(listener.port());
                RawClient slow = new RawClient(listener.port()).send("GET /page HT")) {
            assertThat(silent.rest()).isEmpty();
            assertThat(slow.rest()).isEmpty();
        }
        await().untilAsserted(() -> assertThat(refused()).isEqualTo(2));
    }

    @Test
    void clientThatDoesNotTakeItsAnswer_isCutOff() throws Exception {
        try (RawClient lazy = new RawClient(listener.port()).send("GET /big HTTP/1.1\r\n\r\n")) {
            await("it is cut off").atMost(Duration.ofSeconds(20)).until(() -> refused() == 1);
            try {
                assertThat(lazy.rest().length()).isLessThan(BIG);
            } catch (SocketException e) {
                // cut off while it reads
            }
        }
    }

    @Test
    void manyClientsThatHang_leaveRoomAgain_andNoMoreThreadsThanAllowed() throws Exception {
        List<RawClient> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                hanging.add(new RawClient(listener.port()));
            }
            await().until(() -> refused() >= 84);
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("homeostat-http-client"))
                            .count())
                    .isLessThanOrEqualTo(16);
            await("there is room again")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(SocketException.class)
                    .until(() -> ask("GET /page HTTP/1.1\r\n\r\n").endsWith("hello\n"));
        } finally {
            for (RawClient client : hanging) {
                client.close();
            }
        }
    }

    @Test
    void clientsThatCannotBeTaken_areToldOnce_untilTheyCan() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(Listener.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        ServerSocket scarce = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()) {
            private int left = 3;

            @Override
            public Socket accept() throws IOException {
                if (left > 0) {
                    left--;
                    throw new SocketException("Too many open files");
                }
                return super.accept();
            }
        };
        try (Listener other =
                Listener.on(scarce, Map.of("/page", () -> Reply.text(200, "hello\n")), meters, Duration.ofSeconds(2))) {
            assertThat(RawClient.ask(other.port(), "GET /page HTTP/1.1\r\n\r\n"))
                    .endsWith("hello\n");
            await().untilAsserted(() -> assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly(
                            "the HTTP endpoint cannot take a client, and says so once until it can:"
                                    + " java.net.SocketException: Too many open files",
                            "the HTTP endpoint takes clients again"));
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    @Test
    void portInUse_cannotBeHad() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
        assertThatThrownBy(() -> Listener.open(taken, Map.of(), meters, Duration.ofSeconds(1)))
                .isInstanceOf(BindException.class);
    }
}
