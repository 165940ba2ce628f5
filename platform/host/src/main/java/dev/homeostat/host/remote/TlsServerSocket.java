package dev.homeostat.host.remote;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections and speaks TLS on each, before anything else is read from it. No more than a hundred at a time, none that is silent for half a minute between
 * requests, and none that says more than a mebibyte at once: a client that floods or hangs costs little.
 *
 * <p>To the RMI registry, clients on this machine look as if they came from nowhere. That is because it would let them put another object in place of the connector,
 * and other users of the machine could collect passwords with that; from nowhere it takes look-ups only.
 */
final class TlsServerSocket extends ServerSocket {
    /** What clients on this machine are called. */
    static final String THIS_MACHINE = "0.0.0.0";

    private static final int MOST_CONNECTIONS = 100;
    private static final int LONGEST_SILENCE_MILLIS = 30_000;
    private static final int BACKLOG = 50;

    /** As at the control socket, and what TLS adds to it. */
    private static final long LONGEST_REQUEST = (1 << 20) + (64 << 10);

    private final KeyMaterial keys;
    private final AtomicInteger open = new AtomicInteger();

    TlsServerSocket(InetAddress address, int port, KeyMaterial keys) throws IOException {
        this.keys = keys;
        setReuseAddress(true); // a host that is started again need not wait for old connections
        bind(new InetSocketAddress(address, port), BACKLOG);
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            Accepted accepted = new Accepted(open);
            implAccept(accepted);
            if (open.incrementAndGet() > MOST_CONNECTIONS) {
                accepted.close();
                continue;
            }
            try {
                SSLSocket secure = (SSLSocket)
                        keys.context().getSocketFactory().createSocket(accepted, null, accepted.getPort(), true);
                secure.setUseClientMode(false);
                return secure;
            } catch (IOException | RuntimeException e) {
                accepted.close(); // That client is lost; the next one may do better.
            }
        }
    }

    /** The connection beneath TLS. */
    private static final class Accepted extends Socket {
        private final AtomicInteger open;
        private final AtomicLong unanswered = new AtomicLong();
        private boolean closed; // guarded by this

        Accepted(AtomicInteger open) {
            this.open = open;
        }

        /** RMI would wait for two hours. Clients of the JDK hang up after 15 s in which they ask nothing. */
        @Override
        public synchronized void setSoTimeout(int millis) throws SocketException {
            super.setSoTimeout(millis == 0 ? LONGEST_SILENCE_MILLIS : Math.min(millis, LONGEST_SILENCE_MILLIS));
        }

        /** RMI would take a text of any length, and that before anybody has logged in. */
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int one = super.read();
                    count(one < 0 ? 0 : 1);
                    return one;
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    int read = super.read(into, from, length);
                    count(Math.max(0, read));
                    return read;
                }
            };
        }

        private void count(int read) throws IOException {
            if (unanswered.addAndGet(read) > LONGEST_REQUEST) {
                close();
                throw new IOException("a JMX client sent more than " + LONGEST_REQUEST + " bytes at once");
            }
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    unanswered.set(0);
                    out.write(bytes, from, length);
                }
            };
        }

        @Override
        public @Nullable InetAddress getInetAddress() {
            InetAddress client = super.getInetAddress();
            return client != null && isOfThisMachine(client) ? nowhere() : client;
        }

        private static boolean isOfThisMachine(InetAddress client) {
            try {
                return client.isLoopbackAddress() || NetworkInterface.getByInetAddress(client) != null;
            } catch (SocketException e) {
                return true;
            }
        }

        private static InetAddress nowhere() {
            try {
                return InetAddress.getByAddress(new byte[4]);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
            super.close();
        }
    }
}
