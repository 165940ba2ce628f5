package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ControlSocketTest {
    @TempDir
    Path data;

    private ControlSocket open(Path directory) throws IOException {
        ControlSocket socket = ControlSocket.bind(directory, Map.of());
        socket.publish();
        return socket;
    }

    @Test
    void open_inAnEmptyDirectory_isOnlyForTheOwner() throws IOException {
        try (ControlSocket socket = open(data)) {
            assertThat(socket.path()).isEqualTo(data.toRealPath().resolve("control.sock"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path())))
                    .isEqualTo("rw-------");
            try (var entries = Files.list(data)) {
                assertThat(entries).containsExactly(data.resolve("control.sock"));
            }
        }
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void open_overTheSocketOfADeadHost_replacesIt() throws IOException {
        Path stale = data.resolve("control.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(stale));
        }
        assertThat(Files.exists(stale)).isTrue();
        try (ControlSocket socket = open(data);
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void open_afterAHostThatDiedWhileOpening_cleansUp() throws IOException {
        Path folder = Files.createDirectory(data.resolve(".k"));
        Files.writeString(folder.resolve("s"), "");
        try (ControlSocket socket = open(data)) {
            assertThat(folder).doesNotExist();
            assertThat(socket.channel().isOpen()).isTrue();
        }
    }

    @Test
    void open_whereAnotherHostAnswers_isRefused() throws IOException {
        try (ControlSocket first = open(data)) {
            assertThatThrownBy(() -> open(data))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("another host");
            assertThat(Files.exists(first.path())).isTrue();
        }
    }

    @Test
    void open_whereSomethingElseLies_leavesItAlone() throws IOException {
        Path precious = Files.writeString(data.resolve("control.sock"), "precious");
        assertThatThrownBy(() -> open(data)).isInstanceOf(IOException.class).hasMessageContaining("not a socket");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void open_atTheLongestPath_staysInTheDirectory() throws IOException {
        int room = ControlSocket.LONGEST_PATH - "/control.sock".length();
        Path directory = ofLength(room);
        try (ControlSocket socket = open(directory)) {
            assertThat(socket.path()).isEqualTo(directory.resolve("control.sock"));
        }
    }

    @Test
    void open_beyondTheLongestPath_liesInAPrivateFolderAndSaysWhere() throws IOException {
        Path directory = ofLength(ControlSocket.LONGEST_PATH - "/control.sock".length() + 1);
        Path pointer = directory.resolve("control");
        Path folder;
        try (ControlSocket socket = open(directory)) {
            assertThat(Files.readString(pointer)).isEqualTo(socket.path() + "\n");
            folder = socket.path().getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another host");
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()))) {
                assertThat(client.isConnected()).isTrue();
            }
        }
        assertThat(folder).doesNotExist();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void open_overThePointerOfADeadHost_takesItsFolderAway() throws IOException {
        Path folder = Files.createTempDirectory("homeostat-");
        Path stale = folder.resolve("control.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(stale));
        }
        Files.writeString(data.resolve("control"), stale + "\n");
        try (ControlSocket socket = open(data)) {
            assertThat(socket.path().getParent()).isEqualTo(data.toRealPath());
            assertThat(folder).doesNotExist();
            assertThat(data.resolve("control")).doesNotExist();
        }
    }

    @Test
    void open_whereThePointerCannotBeWritten_leavesNothing() throws IOException {
        Path directory = ofLength(ControlSocket.LONGEST_PATH - "/control.sock".length() + 1);
        Path runtime = Files.createDirectory(data.resolve("run"));
        Files.createDirectory(directory.resolve(".control"));
        try (ControlSocket socket = ControlSocket.bind(directory, Map.of("XDG_RUNTIME_DIR", runtime.toString()))) {
            assertThatThrownBy(socket::publish).isInstanceOf(IOException.class);
        }
        assertThat(runtime).isEmptyDirectory();
    }

    @Test
    void bound_isFoundByNobody_andReplacesNothing_untilItIsPublished() throws IOException {
        Path stale = data.resolve("control.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(stale));
        }
        try (ControlSocket socket = ControlSocket.bind(data, Map.of())) {
            assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(stale)))
                    .isInstanceOf(ConnectException.class);
            socket.publish();
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(stale))) {
                assertThat(client.isConnected()).isTrue();
            }
        }
        try (ControlSocket socket = ControlSocket.bind(data, Map.of())) {
            assertThat(socket.path()).doesNotExist();
        }
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void bind_whereTheDirectoryTakesNoSocket_liesElsewhere() throws IOException {
        Files.writeString(Files.createDirectory(data.resolve(".k")).resolve("in the way"), "");
        try (ControlSocket socket = open(data)) {
            assertThat(socket.path().startsWith(data.toRealPath())).isFalse();
            assertThat(data.resolve("control")).hasContent(socket.path() + "\n");
        }
    }

    @Test
    void bind_whereNothingTakesOne_saysAllThatWasTried_andTheWayOut() throws IOException {
        Path directory = ofLength(ControlSocket.LONGEST_PATH);
        assertThatThrownBy(() -> ControlSocket.bindElsewhere(
                        directory.resolve("control"), "too long", List.of("", directory.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "control socket: it cannot be made in " + directory + ": too long; nor below " + directory)
                .hasMessageContaining("use a home with a short path on a local file system, or set XDG_RUNTIME_DIR");
        assertThat(directory).isEmptyDirectory();
    }

    private Path ofLength(int length) throws IOException {
        Path root = data.toRealPath();
        return Files.createDirectory(
                root.resolve("d".repeat(length - root.toString().length() - 1)));
    }
}
