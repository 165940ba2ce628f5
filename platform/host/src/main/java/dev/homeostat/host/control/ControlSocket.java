package dev.homeostat.host.control;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket and its place on disk.
 *
 * <p>The socket is bound inside a folder that only this user can enter, made 0600 there, and then moved to its place in one step: nobody else can connect at
 * any moment, and a client finds either a socket that is listened to or none. The same step replaces what a dead host left behind.
 *
 * <p>It is bound before anything else of a host starts, so that a host which nobody could steer does not start, and moved when there is something to answer.
 *
 * <p>Where the path is longer than the system takes, or the file system has no sockets, the socket stays in a private folder elsewhere, and the file {@code control} in the data directory says
 * where.
 */
final class ControlSocket implements AutoCloseable {
    /** The longest path, in bytes, that the JDK binds: Linux has 108 bytes for it, and the JDK leaves two of them free. */
    static final int LONGEST_PATH = 106;

    private static final String SOCKET = "control.sock";
    private static final String POINTER = "control";
    private static final String FOLDER_PREFIX = "homeostat-";
    private static final String FOLDER = ".k";
    private static final String BOUND = "s";
    private static final Set<PosixFilePermission> ONLY_OWNER_ENTERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> ONLY_OWNER = PosixFilePermissions.fromString("rw-------");

    private final ServerSocketChannel channel;
    private final Path bound;
    private final Path path;
    private final Path pointer;
    private final String owner;

    /**
     * A socket that listens, and that nobody finds yet.
     *
     * @param bound where it is bound, in a folder that only this user can enter
     * @param path where clients are to find it
     * @param pointer says where it is, if the two are the same
     */
    private ControlSocket(ServerSocketChannel channel, Path bound, Path path, Path pointer) throws IOException {
        this.channel = channel;
        this.bound = bound;
        this.path = path;
        this.pointer = pointer;
        this.owner = Files.getOwner(bound).getName();
    }

    /**
     * Listens for the host of that data directory, at a place where nobody looks.
     *
     * @throws IOException if another host listens there, or the socket cannot be made; the message says where and what to do
     */
    static ControlSocket bind(Path data, Map<String, String> environment) throws IOException {
        Path directory = data.toRealPath();
        Path wanted = directory.resolve(SOCKET);
        Path pointer = directory.resolve(POINTER);
        List<String> roots = List.of(
                environment.getOrDefault("XDG_RUNTIME_DIR", ""), System.getProperty("java.io.tmpdir", ""), "/tmp");
        refuseToReplaceTheLiving(wanted);
        refuseToReplaceTheLiving(pointedTo(pointer));
        removePointer(pointer);
        if (!fits(wanted)) {
            Files.deleteIfExists(wanted);
            return bindElsewhere(pointer, "its path would be longer than " + LONGEST_PATH + " bytes", roots);
        }
        try {
            return bindWithin(directory.resolve(FOLDER), wanted, pointer);
        } catch (IOException
                | UnsupportedOperationException e) { // as on a file system that has no sockets, or no modes
            Files.deleteIfExists(wanted);
            return bindElsewhere(pointer, String.valueOf(e), roots);
        }
    }

    /** Lets clients find it, in one step. */
    void publish() throws IOException {
        if (!bound.equals(path)) {
            Files.move(bound, path, ATOMIC_MOVE, REPLACE_EXISTING);
            Files.deleteIfExists(bound.getParent());
            return;
        }
        Path draft = pointer.resolveSibling(".control");
        Files.writeString(draft, path + "\n");
        Files.setPosixFilePermissions(draft, ONLY_OWNER);
        Files.move(draft, pointer, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Where clients connect. */
    Path path() {
        return path;
    }

    /** The name of the user who made it, or its number where that has no name. */
    String owner() {
        return owner;
    }

    private static ControlSocket bindWithin(Path folder, Path wanted, Path pointer) throws IOException {
        deleteFolder(folder);
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ONLY_OWNER_ENTERS));
        Path made = folder.resolve(BOUND);
        try {
            return new ControlSocket(listen(made), made, wanted, pointer);
        } catch (IOException | RuntimeException e) {
            deleteFolder(folder);
            throw e;
        }
    }

    static ControlSocket bindElsewhere(Path pointer, String why, List<String> roots) throws IOException {
        List<String> tried = new ArrayList<>();
        for (String root : roots) {
            if (root.isEmpty() || !Files.isDirectory(Path.of(root))) {
                continue;
            }
            try {
                return bindBelow(Path.of(root).toRealPath(), pointer);
            } catch (IOException | UnsupportedOperationException e) {
                tried.add(root + " (" + e.getMessage() + ")");
            }
        }
        throw new IOException("control socket: it cannot be made in " + pointer.getParent() + ": " + why
                + "; nor below " + String.join(", ", tried)
                + ": use a home with a short path on a local file system, or set XDG_RUNTIME_DIR or java.io.tmpdir to a"
                + " directory with a short path that this user can write");
    }

    private static ControlSocket bindBelow(Path root, Path pointer) throws IOException {
        Path folder = Files.createTempDirectory(root, FOLDER_PREFIX);
        Path path = folder.resolve(SOCKET);
        try {
            if (!fits(path)) {
                throw new IOException("its path, too, would be longer than " + LONGEST_PATH + " bytes");
            }
            return new ControlSocket(listen(path), path, path, pointer);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    private static ServerSocketChannel listen(Path path) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), 64);
            Files.setPosixFilePermissions(path, ONLY_OWNER);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Nothing that answers, and nothing that is not a socket, is ever replaced. */
    private static void refuseToReplaceTheLiving(@Nullable Path path) throws IOException {
        if (path == null || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new IOException("control socket: " + path + " exists and is not a socket: move it away");
        }
        try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("control socket: another host answers at " + other.getRemoteAddress()
                    + ": stop it, or give this one another home");
        } catch (ConnectException e) {
            // Refused: whoever made it is dead.
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
    }

    private static @Nullable Path pointedTo(Path pointer) throws IOException {
        try {
            Path path = Path.of(Files.readString(pointer).strip());
            return path.isAbsolute() && path.endsWith(SOCKET) ? path : null;
        } catch (NoSuchFileException | InvalidPathException e) {
            return null;
        }
    }

    /** Removes the pointer of a dead host, and its folder if that is as this class makes them. */
    private static void removePointer(Path pointer) throws IOException {
        Path stale = pointedTo(pointer);
        Path folder = stale == null ? null : stale.getParent();
        if (stale != null && folder != null && folder.toString().contains("/" + FOLDER_PREFIX)) {
            Files.deleteIfExists(stale);
            Files.deleteIfExists(folder);
        }
        Files.deleteIfExists(pointer);
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(folder.resolve(BOUND));
        }
        Files.deleteIfExists(folder);
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** Stops listening and takes the socket away. */
    @Override
    public void close() throws IOException {
        if (bound.equals(path)) {
            Files.deleteIfExists(pointer);
        }
        Files.deleteIfExists(bound);
        Files.deleteIfExists(path);
        Files.deleteIfExists(bound.getParent());
        channel.close();
    }
}
