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
import java.util.Comparator;
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
    private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(200);

    private final HostView view;
    private final ControlMethods methods;
    private final ControlSocket socket;
    private final Limits limits;
    private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
    private final Connection.Shared shared = new Connection.Shared();
    private final Pace arrivals = new Pace(Duration.ofMillis(5), 100);
    private volatile boolean closed;

    private ControlServer(HostView view, ControlMethods methods, ControlSocket socket, Limits limits) {
        this.view = view;
        this.methods = methods;
        this.socket = socket;
        this.limits = limits;
    }

    /** One that answers, where nothing that is done is written down. */
    static ControlServer open(HostView view, Path data) throws IOException {
        return open(view, new ControlMethods(view), data);
    }

    /** One that answers. */
    static ControlServer open(HostView view, ControlMethods methods, Path data) throws IOException {
        return open(view, methods, data, Limits.USUAL);
    }

    static ControlServer open(HostView view, ControlMethods methods, Path data, Limits limits) throws IOException {
        ControlServer server = new ControlServer(view, methods, ControlSocket.bind(data, System.getenv()), limits);
        server.answer();
        return server;
    }

    /**
     * Listens for that host, at a place where no client looks yet.
     *
     * @param methods answers
     * @param data the data directory, which exists and belongs to this host alone
     * @throws IOException if another host answers there, or nothing can listen there; the message says what to do
     */
    public static ControlServer bind(HostView view, ControlMethods methods, Path data) throws IOException {
        return new ControlServer(view, methods, ControlSocket.bind(data, System.getenv()), Limits.USUAL);
    }

    /** From now on, clients find it and are answered. */
    public void answer() throws IOException {
        socket.publish();
        Thread.ofVirtual().name("control").start(this::accept);
        view.scheduler().schedule(limits.look(), this::look);
    }

    /** What still reads its rows, and with them those of all tables, is ended. */
    @Override
    public void tableRemoved(TableView table) {
        shared.leases().recallAll();
    }

    @Override
    public void pluginChanged(PluginView plugin) {
        if (plugin.state() != State.FOUND && plugin.state() != State.ACTIVE) {
            shared.leases().recallAll(); // also what began while its tables were being removed
        }
    }

    @Override
    public void pluginRemoved(String id) {
        shared.leases().recallAll();
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
                receive(socket.channel().accept());
                pause(arrivals.comes(view.scheduler().nanoTime()));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | Error e) { // no memory for a thread: later there may be
                LOG.warn("The control socket {} could not take a client: {}", socket.path(), e.toString());
                pause(AFTER_FAILED_ACCEPT);
            }
        }
    }

    private void receive(SocketChannel channel) throws IOException {
        try {
            Peer peer = Peer.of(channel);
            serve(new Connection(channel, peer.caller(), methods, view.scheduler(), shared), peer);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private void serve(Connection connection, Peer peer) {
        try {
            peer.admit(socket.owner());
        } catch (ControlException e) {
            LOG.warn("The control socket {} refused user \"{}\"", socket.path(), peer.user());
            connection.refuse(e);
            return;
        }
        if (connections.size() >= limits.connections() && !makeRoom()) {
            connection.refuse(new ControlException(
                    Code.BUSY, "the host serves " + limits.connections() + " clients already", "try again later"));
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

    /** Keeps a lack of file descriptors, or a program that connects without end, from taking a processor. */
    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connection on which nothing was asked for longest; says whether there is one. */
    private boolean makeRoom() {
        return connections.keySet().stream()
                .filter(one -> one.stage().idle().compareTo(limits.settled()) > 0)
                .max(Comparator.comparing(one -> one.stage().idle()))
                .map(this::leave)
                .orElse(false);
    }

    /** Ends what hangs. */
    private void look() {
        if (closed) {
            return;
        }
        for (Connection one : connections.keySet()) {
            if (one.stage().idle().compareTo(limits.idle()) > 0
                    || one.stage().blocked().compareTo(limits.blocked()) > 0) {
                leave(one);
            }
        }
        view.scheduler().schedule(limits.look(), this::look);
    }

    private boolean leave(Connection connection) {
        connection.close();
        return connections.remove(connection) != null;
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
