package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.Example.Doc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hang, flood or send garbage: what they get, and that others do not notice. */
@Timeout(60)
final class RudeClientsTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final String TABLES = "{\"id\":1,\"protocol\":1,\"method\":\"db.tables\"}\n";
    private static final String WAIT =
            "{\"id\":1,\"protocol\":1,\"method\":\"wait\",\"params\":{\"timeoutMillis\":600000}}\n";

    @TempDir
    Path data;

    private final Example example = new Example();
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        example.close();
    }

    private ControlServer serve(Limits limits) throws IOException {
        return ControlServer.open(example.host, new ControlMethods(example.host), data, limits);
    }

    private Client client(ControlServer server) throws IOException {
        Client client = new Client(server.socket());
        clients.add(client);
        return client;
    }

    private static boolean isEnded(Client client) {
        try {
            while (client.line() != null) {
                // What was on its way.
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    /** Killed, and not by Ctrl-C: nothing but a write tells. */
    @Test
    void clientThatGoesWhileItWaits_givesItsPlaceUpSoon() throws IOException {
        try (ControlServer server = serve(new Limits(1, NEVER, SOON, NEVER, NEVER))) {
            Client waits = client(server);
            waits.send(WAIT);
            await("it waits").until(() -> example.disk.waited.getNumberOfDependents() > 0);
            waits.close();
            await("there is room")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        try (Client next = new Client(server.socket())) {
                            return next.result("db.tables", "{}").has("tables");
                        }
                    });
        }
    }

    @Test
    void clientThatHasNothingMoreToSay_getsItsAnswer_afterBlanks() throws Exception {
        try (ControlServer server = serve(Limits.USUAL)) {
            Client waits = client(server);
            waits.send(WAIT);
            waits.endOfRequests();
            await("it waits").until(() -> example.disk.waited.getNumberOfDependents() > 0);
            assertThat(waits.blank()).isTrue();
            example.disk.waited.complete(new WaitResult(true, List.of(), ""));
            assertThat(waits.answer().at("/result/reconciled").booleanValue()).isTrue();
        }
    }

    @Test
    void placesTakenByClientsThatHang_goToThoseThatAsk() throws IOException {
        try (ControlServer server = serve(new Limits(8, NEVER, SOON, NEVER, NEVER))) {
            for (int i = 0; i < 8; i++) {
                client(server).send("{\"id\":1,");
            }
            await("the first of them hang for long enough")
                    .ignoreExceptions() // a client that is refused may find the connection ended
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        try (Client polite = new Client(server.socket())) {
                            assertThat(polite.result("db.tables", "{}").has("tables"))
                                    .isTrue();
                        }
                    });
            assertThat(isEnded(clients.getFirst())).isTrue();
        }
    }

    @Test
    void clientThatSendsNoWholeRequest_isLeft_andOneThatWaitsForItsAnswerIsNot() throws IOException {
        try (ControlServer server = serve(new Limits(8, SOON, NEVER, NEVER, Duration.ofMillis(20)))) {
            Client waits = client(server);
            waits.send(WAIT);
            Client hangs = client(server);
            hangs.send("{\"id\":1,");
            assertThat(isEnded(hangs)).isTrue();
            example.disk.waited.complete(new WaitResult(true, List.of(), ""));
            assertThat(waits.answer().at("/result/reconciled").booleanValue()).isTrue();
        }
    }

    @Test
    void clientThatDoesNotRead_isCutOff() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            example.docs.with(new Doc("many-" + i, "x".repeat(200), i));
        }
        try (ControlServer server = serve(new Limits(1, NEVER, NEVER, SOON, Duration.ofMillis(20)))) {
            client(server).send("{\"id\":1,\"protocol\":1,\"method\":\"db.dump\"}\n");
            await("its place is free")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        try (Client next = new Client(server.socket())) {
                            assertThat(next.result("db.tables", "{}").has("tables"))
                                    .isTrue();
                        }
                    });
        }
    }

    @Test
    void clientThatSendsGarbage_isToldTwentyTimes_andThenLeft() throws IOException {
        try (ControlServer server = serve(Limits.USUAL)) {
            Client garbage = client(server);
            garbage.send("\u0000\u0001 hello\n".repeat(50));
            for (int i = 0; i < 20; i++) {
                assertThat(garbage.answer().at("/error/code").stringValue()).isEqualTo("bad-request");
            }
            assertThat(isEnded(garbage)).isTrue();
        }
    }

    @Test
    void clientThatAsksWithoutEnd_isSlowed_andOthersAreNot() throws IOException {
        try (ControlServer server = serve(Limits.USUAL)) {
            Client floods = client(server);
            long begin = System.nanoTime();
            floods.send(TABLES.repeat(300));
            Client polite = client(server);
            for (int i = 0; i < 300; i++) {
                assertThat(floods.answer().has("result")).isTrue();
                if (i == 150) {
                    assertThat(polite.result("db.tables", "{}").has("tables")).isTrue();
                }
            }
            // A hundred at once, and two hundred more at five milliseconds each.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(990));
        }
    }

    @Test
    void requestsThatAreLarge_areFewAtATime() throws IOException {
        String large = "{\"id\":1,\"protocol\":1,\"method\":\"db.tables\",\"params\":{\"x\":\"" + "x".repeat(80_000);
        try (ControlServer server = serve(Limits.USUAL)) {
            for (int i = 0; i < 4; i++) {
                client(server).send(large);
            }
            await("a fifth is refused")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        try (Client fifth = new Client(server.socket())) {
                            fifth.send(large + "\"}}\n");
                            assertThat(fifth.answer().at("/error/code").stringValue())
                                    .isEqualTo("busy");
                        }
                    });
            clients.getFirst().close();
            clients.get(1).send("\"}}\n");
            assertThat(clients.get(1).answer().at("/error/code").stringValue()).isEqualTo("bad-params");
            await("what ended gave back its place")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        try (Client next = new Client(server.socket())) {
                            next.send(large + "\"}}\n");
                            assertThat(next.answer().at("/error/code").stringValue())
                                    .isEqualTo("bad-params");
                        }
                    });
        }
    }

    @Test
    void sixtyFourHalfRequests_takeLittleMemory() throws IOException {
        try (ControlServer server = serve(Limits.USUAL)) {
            long before = used();
            for (int i = 0; i < 64; i++) {
                client(server).send("x".repeat(60_000));
            }
            assertThat(used() - before).isLessThan(40L << 20);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
