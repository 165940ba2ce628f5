package dev.homeostat.host.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes answers, one JSON document a line. Gathers small ones and writes many at once. Not safe for several threads. */
final class Replies {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

    Replies(WritableByteChannel channel) {
        this.channel = channel;
    }

    void item(JsonNode id, ObjectNode item) throws IOException {
        write(id, "item", item);
    }

    void result(JsonNode id, ObjectNode result) throws IOException {
        write(id, "result", result);
        flush();
    }

    void error(JsonNode id, ControlException e) throws IOException {
        ObjectNode error = JSON.objectNode()
                .put("code", e.code().wireName())
                .put("message", e.getMessage())
                .put("hint", e.hint());
        if (e.details() != null) {
            error.set("details", e.details());
        }
        write(id, "error", error);
        flush();
    }

    /** Writes a blank before the next line, which JSON lets stand there: whether anybody is at the other end is known by nothing else. */
    void blank() throws IOException {
        flush();
        writeFully(ByteBuffer.wrap(new byte[] {' '}));
    }

    private void write(JsonNode id, String name, ObjectNode body) throws IOException {
        ObjectNode line = JSON.objectNode();
        line.set("id", id);
        line.set(name, body);
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        if (bytes.remaining() > buffer.remaining()) {
            flush();
        }
        if (bytes.remaining() > buffer.capacity()) {
            writeFully(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    void flush() throws IOException {
        writeFully(buffer.flip());
        buffer.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
