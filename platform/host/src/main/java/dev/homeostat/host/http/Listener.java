package dev.homeostat.host.http;

import dev.homeostat.host.metrics.HttpMeters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP/1.1 at one address, one request a connection. At most so many clients at a time have a platform thread each, since plugin code can keep virtual ones waiting, and
 * a client that is slow to ask or to take its answer is cut off. Waits without waking while there is no client. Safe for all threads.
 */
final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int MOST_CLIENTS = 16;
    private static final int BACKLOG = 50;
    private static final Duration LOOK_AT_SLOW_CLIENTS = Duration.ofMillis(250);
    private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(200);

    private final ServerSocket socket;
    private final Map<String, CarefulPage> pages = new TreeMap<>();
    private final HttpMeters meters;
    private final Duration patience;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private long failures; // in a row; of the thread that accepts

    private Listener(ServerSocket socket, Map<String, Page> pages, HttpMeters meters, Duration patience) {
        this.socket = socket;
        pages.forEach((path, page) -> this.pages.put(path, new CarefulPage(path, page)));
        this.meters = meters;
        this.patience = patience;
    }

    /**
     * Begins to answer.
     *
     * @param pages what there is, by path
     * @param patience how long a client may take altogether
     * @throws IOException if nothing can listen there
     */
    static Listener open(InetSocketAddress address, Map<String, Page> pages, HttpMeters meters, Duration patience)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true); // where the last host listened until a moment ago
            socket.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return on(socket, pages, meters, patience);
    }

    /** The same at a socket that is bound, which it owns. */
    static Listener on(ServerSocket socket, Map<String, Page> pages, HttpMeters meters, Duration patience) {
        Listener listener = new Listener(socket, pages, meters, patience);
        Thread.ofPlatform().daemon().name("homeostat-http").start(listener::accept);
        return listener;
    }

    /** The port where it listens. */
    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                socket.setSoTimeout(clients.isEmpty() ? 0 : (int) LOOK_AT_SLOW_CLIENTS.toMillis());
                take(socket.accept());
                succeeded();
            } catch (SocketTimeoutException e) {
                // time to look at those that are there
            } catch (IOException | RuntimeException | Error e) { // no memory for a thread: later there may be
                if (!socket.isClosed()) {
                    failed(e);
                    pause();
                }
            }
            clients.stream()
                    .filter(client -> client.age().compareTo(patience) > 0)
                    .forEach(Client::close);
        }
    }

    private void failed(Throwable e) {
        failures++;
        if (failures == 1) {
            LOG.warn("the HTTP endpoint cannot take a client, and says so once until it can: {}", e.toString());
        }
    }

    private void succeeded() {
        if (failures > 0) {
            LOG.atInfo().addKeyValue("repeated", failures).log("the HTTP endpoint takes clients again");
            failures = 0;
        }
    }

    private void take(Socket accepted) {
        Client client = new Client(accepted, pages, meters);
        if (clients.size() >= MOST_CLIENTS) {
            meters.refused();
            client.close();
            return;
        }
        clients.add(client);
        try {
            Thread.ofPlatform().daemon().name("homeostat-http-client").start(() -> serve(client));
        } catch (RuntimeException | Error e) {
            clients.remove(client);
            client.close();
            throw e;
        }
    }

    private void serve(Client client) {
        try {
            client.serve();
        } finally {
            clients.remove(client);
        }
    }

    /** Keeps a lack of file descriptors from becoming a busy loop. */
    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILED_ACCEPT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens no more, and cuts off who is there. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("the HTTP endpoint could not be closed: {}", e.toString());
        }
        clients.forEach(Client::close);
    }
}
