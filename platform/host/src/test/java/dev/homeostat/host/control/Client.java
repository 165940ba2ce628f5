package dev.homeostat.host.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that can be as rude as a test wants. */
final class Client implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final SocketChannel channel;
    private final BufferedReader answers;

    Client(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    void send(String bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void endOfRequests() throws IOException {
        channel.shutdownOutput();
    }

    /** Whether the next that comes is a blank. */
    boolean blank() throws IOException {
        return answers.read() == ' ';
    }

    @Nullable
    String line() throws IOException {
        return answers.readLine();
    }

    JsonNode answer() throws IOException {
        String line = line();
        if (line == null) {
            throw new IOException("the host ended the connection");
        }
        return MAPPER.readTree(line);
    }

    /** Asks and gives every line of the answer. */
    List<JsonNode> ask(String method, String params) throws IOException {
        send("{\"id\":1,\"protocol\":1,\"method\":\"%s\",\"params\":%s}\n".formatted(method, params));
        List<JsonNode> lines = new ArrayList<>();
        do {
            lines.add(answer());
        } while (lines.getLast().has("item"));
        return lines;
    }

    JsonNode result(String method, String params) throws IOException {
        return ask(method, params).getLast().path("result");
    }

    JsonNode error(String method, String params) throws IOException {
        return ask(method, params).getLast().path("error");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
