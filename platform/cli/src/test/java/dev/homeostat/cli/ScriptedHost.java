package dev.homeostat.cli;

import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that answers each method with prepared bytes; those of {@code docs/wire} unless a test says otherwise. */
final class ScriptedHost implements AutoCloseable {
    private static final Path WIRE = Path.of("..", "..", "docs", "wire");

    final List<String> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger blanks = new AtomicInteger();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);

    ScriptedHost(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    /** One that answers all that commands can ask: what the wire has no example of is as another that has. */
    static ScriptedHost ofExamples(Path home) throws IOException {
        ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"));
        host.answer("db.list", wire("db.prefix"));
        host.answer("db.lowerbound", wire("db.prefix"));
        host.answer("plugins.start", wire("plugins.stop"));
        return host;
    }

    /** The bytes may lack an end, in which case the connection is closed after them. */
    void answer(String method, String bytes) {
        answers.put(method, bytes);
    }

    /** Answers that method no sooner than the latch opens. */
    void hold(String method, CountDownLatch until) {
        held.put(method, until);
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private void answer(SocketChannel accepted) {
        try (SocketChannel client = accepted) {
            String request = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine();
            if (request == null) {
                return; // the client went before it asked
            }
            requests.add(request);
            String method = Doc.of(Json.parse(request)).text("method");
            CountDownLatch until = held.get(method);
            while (until != null && !until.await(100, TimeUnit.MILLISECONDS)) {
                client.write(StandardCharsets.UTF_8.encode(" ")); // as hosts do, more rarely
                blanks.incrementAndGet();
            }
            ByteBuffer answer = StandardCharsets.UTF_8.encode(answers.computeIfAbsent(method, ScriptedHost::wire));
            while (answer.hasRemaining()) {
                client.write(answer);
            }
        } catch (IOException e) {
            // The client went, or the test is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String wire(String method) {
        try {
            return Files.readString(WIRE.resolve(method + ".jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
