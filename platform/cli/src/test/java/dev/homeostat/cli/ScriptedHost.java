package dev.homeostat.cli;

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

/** A host that answers each method with prepared bytes; those of {@code docs/wire} unless a test says otherwise. */
final class ScriptedHost implements AutoCloseable {
    private static final Path WIRE = Path.of("..", "..", "docs", "wire");

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);

    ScriptedHost(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    /** The bytes may lack an end, in which case the connection is closed after them. */
    void answer(String method, String bytes) {
        answers.put(method, bytes);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                String request = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine();
                requests.add(request);
                String method = Doc.of(Json.parse(request)).text("method");
                ByteBuffer answer = StandardCharsets.UTF_8.encode(answers.computeIfAbsent(method, ScriptedHost::wire));
                while (answer.hasRemaining()) {
                    client.write(answer);
                }
            } catch (IOException e) {
                // The client went, or the test is over.
            }
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
