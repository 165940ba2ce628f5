package dev.homeostat.host.control;

import dev.homeostat.api.schedule.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Two streams as one channel: the protocol of the control socket over standard input and output, where no host runs. */
public final class StreamChannel implements ByteChannel {
    private final ReadableByteChannel in;
    private final WritableByteChannel out;

    private StreamChannel(InputStream in, OutputStream out) {
        this.in = Channels.newChannel(in);
        this.out = Channels.newChannel(out);
    }

    /** Answers requests until the input ends. */
    public static void answerAll(ControlMethods methods, Scheduler scheduler, InputStream in, OutputStream out) {
        new Connection(new StreamChannel(in, out), Caller.command(), methods, scheduler, new Connection.Shared()).run();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return in.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return out.write(from);
    }

    @Override
    public boolean isOpen() {
        return in.isOpen() && out.isOpen();
    }

    @Override
    public void close() throws IOException {
        try (in;
                out) {
            // Closes both, whatever either says.
        }
    }
}
