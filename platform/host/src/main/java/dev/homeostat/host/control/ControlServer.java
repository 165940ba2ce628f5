package dev.homeostat.host.control;

import dev.homeostat.host.control.ControlException.Code;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.HostView;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import dev.homeostat.host.view.TableView;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the {@code homeostat} command on a UNIX domain socket that only this user can open. Each client has a virtual thread; closing ends all of them.
 * Safe for all threads.
 */
public final class ControlServer implements ContributionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MOST_CONNECTIONS = 64;
    private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(200);

    private final HostView view;
    private final ControlMethods methods;
    private final ControlSocket socket;
    private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
    private final Leases leases = new Leases();
    private volatile boolean closed;

    private ControlServer(HostView view, ControlSocket socket) {
        this.view = view;
        this.methods = new ControlMethods(view);
        this.socket = socket;
    }

    /**
     * Begins to answer for that host.
     *
     * @param data the data directory, which exists and belongs to this host alone
     * @throws IOException if another host answers there, or nothing can listen there; the message says what to do
     */
    public static ControlServer open(HostView view, Path data) throws IOException {
        return open(view, data, System.getenv());
    }

    static ControlServer open(HostView view, Path data, Map<String, String> environment) throws IOException {
        ControlServer server = new ControlServer(view, ControlSocket.open(data, environment));
        Thread.ofVirtual().name("control").start(server::accept);
        return server;
    }

    /** What still reads its rows, and with them those of all tables, is ended. */
    @Override
    public void tableRemoved(TableView table) {
        leases.recallAll();
    }

    @Override
    public void pluginChanged(PluginView plugin) {
        if (plugin.state() != State.FOUND && plugin.state() != State.ACTIVE) {
            leases.recallAll(); // also what began while its tables were being removed
        }
    }

    @Override
    public void pluginRemoved(String id) {
        leases.recallAll();
    }

    /** Where clients connect. */
    public Path socket() {
        return socket.path();
    }

    /** The methods that it answers with, for others who want to say the same. */
    public ControlMethods methods() {
        return methods;
    }

    private void accept() {
        while (!closed) {
            try {
                serve(socket.channel().accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | Error e) { // no memory for a thread: later there may be
                LOG.warn("The control socket {} could not take a client: {}", socket.path(), e.toString());
                pause();
            }
        }
    }

    private void serve(SocketChannel channel) {
        Connection connection = new Connection(channel, methods, view.scheduler(), leases);
        if (connections.size() >= MOST_CONNECTIONS) {
            connection.refuse(new ControlException(
                    Code.BUSY, "the host serves " + MOST_CONNECTIONS + " clients already", "try again later"));
            return;
        }
        Thread thread = Thread.ofVirtual().name("control-client").unstarted(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
        connections.put(connection, thread);
        thread.start();
        if (closed) {
            end(connection, thread);
        }
    }

    /** Keeps a lack of file descriptors from becoming a busy loop. */
    private void pause() {
        try {
            Thread.sleep(AFTER_FAILED_ACCEPT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Connection connection, Thread thread) {
        connection.close();
        thread.interrupt();
    }

    /** Takes the socket away, ends all connections, and returns at once: an answer that is under way is cut off. */
    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn("The control socket {} could not be taken away: {}", socket.path(), e.toString());
        }
        connections.forEach(ControlServer::end);
    }
}
