package dev.homeostat.host.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A channel of which it is known that a write to it blocks.
 *
 * @param stage is told
 */
record WatchedChannel(WritableByteChannel channel, Stage stage) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer from) throws IOException {
        stage.writes();
        try {
            return channel.write(from);
        } finally {
            stage.answers();
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
