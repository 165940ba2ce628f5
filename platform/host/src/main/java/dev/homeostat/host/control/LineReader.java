package dev.homeostat.host.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines of UTF-8 that end in a line feed. Not safe for several threads. */
final class LineReader implements AutoCloseable {
    private final ReadableByteChannel channel;
    private final int longest;
    private final LargeRequests larges;
    private boolean large;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).flip();

    /** Lines of at most {@code longest} bytes. */
    LineReader(ReadableByteChannel channel, int longest, LargeRequests larges) {
        this.channel = channel;
        this.longest = longest;
        this.larges = larges;
    }

    /**
     * The next line, or null at the end. What follows the last line feed is not a line.
     *
     * @throws TooLongException if the line is longer than allowed: nothing can be read after that
     * @throws NoRoomException if it is a large one, and there are too many of these: the same
     */
    @Nullable
    String next() throws IOException {
        close(); // the line before is done with
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                if (line.size() == longest) {
                    throw new TooLongException("a line is longer than " + longest + " bytes");
                }
                if (line.size() == LargeRequests.SMALL) {
                    large = larges.take();
                    if (!large) {
                        throw new NoRoomException();
                    }
                }
                line.write(next);
            }
            buffer.clear();
            int read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                return null;
            }
        }
    }

    /** Gives back the place of a large line. */
    @Override
    public void close() {
        if (large) {
            large = false;
            larges.giveBack();
        }
    }

    /** Too many lines are large. */
    static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoomException() {
            super("the host reads several large requests already");
        }
    }

    /** A line exceeds the bound. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(String message) {
            super(message);
        }
    }
}
