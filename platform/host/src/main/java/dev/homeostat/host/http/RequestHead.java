package dev.homeostat.host.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a request; its fields say nothing that matters here.
 *
 * @param method as {@code GET}
 * @param path without what follows a question mark
 */
record RequestHead(String method, String path) {
    private static final int MOST_BYTES = 8 << 10;

    /** A request that cannot be answered otherwise. */
    static final class UnfitException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        UnfitException(Reply reply) {
            super("answered with " + reply.status());
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    /**
     * Reads up to the empty line that ends the fields.
     *
     * @throws UnfitException if it is no request of HTTP/1.0 or 1.1, or a very long one
     * @throws EOFException if the client ends before
     */
    static RequestHead read(InputStream in) throws IOException {
        byte[] bytes = new byte[1024];
        int length = 0;
        int looked = 0;
        while (!endsWithin(bytes, looked, length)) {
            looked = Math.max(0, length - 3);
            if (length == bytes.length) {
                bytes = longer(bytes);
            }
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                throw new EOFException("no whole request");
            }
            length += read;
        }
        RequestHead head = parse(
                new String(bytes, 0, length, ISO_8859_1).lines().findFirst().orElse(""));
        if (head == null) {
            throw new UnfitException(Reply.text(400, "expected a request such as GET /metrics HTTP/1.1\n"));
        }
        return head;
    }

    private static byte[] longer(byte[] bytes) throws UnfitException {
        if (bytes.length >= MOST_BYTES) {
            throw new UnfitException(Reply.text(431, "the head of a request may have " + MOST_BYTES + " bytes\n"));
        }
        return Arrays.copyOf(bytes, bytes.length * 2);
    }

    /** Whether an empty line ends the head there. What follows would be a body or a further request: neither is read. */
    private static boolean endsWithin(byte[] bytes, int from, int to) {
        String piece = new String(bytes, from, to - from, ISO_8859_1);
        return piece.contains("\r\n\r\n") || piece.contains("\n\n");
    }

    private static @Nullable RequestHead parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3
                || !words[0].matches("[A-Z]{1,20}")
                || !words[1].startsWith("/")
                || !words[2].matches("HTTP/1\\.[0-9]")) {
            return null;
        }
        return new RequestHead(words[0], words[1].replaceFirst("\\?.*", ""));
    }
}
