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
 * <p>Where the path is longer than the system takes, the socket stays in a private folder elsewhere, and the file {@code control} in the data directory says
 * where.
 */
final class ControlSocket implements AutoCloseable {
    /** The longest path, in bytes, that the JDK binds: Linux has 108 bytes for it, and the JDK leaves two of them free. */
    static final int LONGEST_PATH = 106;

    private static final String SOCKET = "control.sock";
    private static final String POINTER = "control";
    private static final String FOLDER_PREFIX = "homeostat-";
    private static final Set<PosixFilePermission> ONLY_OWNER = PosixFilePermissions.fromString("rw-------");

    private final ServerSocketChannel channel;
    private final Path path;
    private final List<Path> rest;

    /** @param rest what was made besides the socket, and goes with it, in that order */
    private ControlSocket(ServerSocketChannel channel, Path path, List<Path> rest) {
        this.channel = channel;
        this.path = path;
        this.rest = rest;
    }

    /**
     * Listens for the host of that data directory.
     *
     * @throws IOException if another host listens there, or the socket cannot be made; the message says where and what to do
     */
    static ControlSocket open(Path data, Map<String, String> environment) throws IOException {
        Path directory = data.toRealPath();
        Path wanted = directory.resolve(SOCKET);
        Path pointer = directory.resolve(POINTER);
        refuseToReplaceTheLiving(wanted);
        refuseToReplaceTheLiving(pointedTo(pointer));
        removePointer(pointer);
        if (fits(wanted)) {
            return bindWithin(directory.resolve(".k"), wanted);
        }
        Files.deleteIfExists(wanted);
        return bindElsewhere(pointer, environment);
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Where clients connect. */
    Path path() {
        return path;
    }

    private static ControlSocket bindWithin(Path folder, Path wanted) throws IOException {
        deleteFolder(folder);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path made = folder.resolve("s");
        try {
            ServerSocketChannel channel = bind(made);
            try {
                Files.move(made, wanted, ATOMIC_MOVE, REPLACE_EXISTING);
                return new ControlSocket(channel, wanted, List.of());
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } finally {
            deleteFolder(folder);
        }
    }

    private static ControlSocket bindElsewhere(Path pointer, Map<String, String> environment) throws IOException {
        for (String root : List.of(
                environment.getOrDefault("XDG_RUNTIME_DIR", ""), System.getProperty("java.io.tmpdir", ""), "/tmp")) {
            if (root.isEmpty() || !Files.isDirectory(Path.of(root))) {
                continue;
            }
            Path folder = Files.createTempDirectory(Path.of(root).toRealPath(), FOLDER_PREFIX);
            Path path = folder.resolve(SOCKET);
            if (!fits(path)) {
                Files.delete(folder);
                continue;
            }
            return bindIn(folder, path, pointer);
        }
        throw new IOException("control socket: the path of " + pointer.resolveSibling(SOCKET) + " is longer than "
                + LONGEST_PATH + " bytes, and so is every path below XDG_RUNTIME_DIR and java.io.tmpdir:"
                + " use a home with a shorter path");
    }

    private static ControlSocket bindIn(Path folder, Path path, Path pointer) throws IOException {
        ServerSocketChannel channel = null;
        try {
            channel = bind(path);
            Path draft = pointer.resolveSibling(".control");
            Files.writeString(draft, path + "\n");
            Files.setPosixFilePermissions(draft, ONLY_OWNER);
            Files.move(draft, pointer, ATOMIC_MOVE, REPLACE_EXISTING);
            return new ControlSocket(channel, path, List.of(pointer, folder));
        } catch (IOException e) {
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    private static ServerSocketChannel bind(Path path) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), 64);
            Files.setPosixFilePermissions(path, ONLY_OWNER);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new IOException("control socket: cannot listen at " + path + ": " + e.getMessage(), e);
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
            Files.deleteIfExists(folder.resolve("s"));
        }
        Files.deleteIfExists(folder);
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    /** Stops listening and takes the socket away. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        for (Path made : rest) {
            Files.deleteIfExists(made);
        }
        channel.close();
    }
}
