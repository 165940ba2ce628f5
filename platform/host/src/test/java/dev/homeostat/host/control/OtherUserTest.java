package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another user of the machine at the control socket: a real one, where this runs as one who may become it. */
@Timeout(120)
final class OtherUserTest {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    private static final String PROGRAM = """
        import java.net.*; import java.nio.*; import java.nio.channels.*; import java.nio.file.*; import java.io.*;
        class Connects {
            public static void main(String[] args) {
                try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(args[0])))) {
                    try {
                        channel.write(ByteBuffer.wrap("{\\"id\\":1,\\"protocol\\":1,\\"method\\":\\"status\\"}\\n".getBytes()));
                    } catch (IOException e) {
                        // It was refused already, and is told why.
                    }
                    System.out.println(new BufferedReader(Channels.newReader(channel, "UTF-8")).readLine());
                } catch (IOException e) {
                    System.out.println("no connection: " + e.getMessage());
                }
            }
        }
        """;

    @TempDir
    Path directory;

    private Path data;
    private Path program;

    @BeforeEach
    void makeAHomeThatAllMayEnter() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        program = Files.writeString(directory.resolve("Connects.java"), PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private String nobodyAsks(Path socket) throws Exception {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.addAll(List.of(java(), program.toString(), socket.toString()));
        return run(command);
    }

    private static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? out : "exit " + process.exitValue() + ": " + out;
    }

    /** Whether this test can become another user, and that one run Java. */
    private static void assumeThereIsAnother() {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.addAll(List.of(java(), "-version"));
        String said;
        try {
            said = run(command);
        } catch (Exception e) {
            said = "exit: " + e;
        }
        assumeTrue(!said.startsWith("exit"), "cannot act as another user here, which takes root and setpriv: " + said);
    }

    @Test
    void anotherUser_cannotEvenConnect() throws Exception {
        assumeThereIsAnother();
        try (ServedExample served = new ServedExample(data)) {
            assertThat(nobodyAsks(served.server.socket())).isEqualTo("no connection: Permission denied\n");
            assertThat(served.client.result("plugins", "{}").has("plugins")).isTrue();
        }
    }

    @Test
    void anotherUser_isRefusedByName_whereTheModeLetsItIn() throws Exception {
        assumeThereIsAnother();
        try (ServedExample served = new ServedExample(data)) {
            Files.setPosixFilePermissions(served.server.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            String owner = Files.getOwner(data).getName();
            assertThat(nobodyAsks(served.server.socket()))
                    .contains("\"code\":\"forbidden\"", "its own user \\\"" + owner + "\\\" only")
                    .doesNotContain("result");
            assertThat(served.client.result("plugins", "{}").has("plugins")).isTrue();
        }
    }

    @Test
    void peer_isAdmittedIfItIsTheOwnerOrTheSuperuser() throws Exception {
        new Peer("alice").admit("alice");
        new Peer("root").admit("alice");
        new Peer("0").admit("alice");
        assertThatThrownBy(() -> new Peer("mallory").admit("alice"))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.code()).isEqualTo(Code.FORBIDDEN))
                .hasMessage("this host answers its own user \"alice\" only, and not \"mallory\"");
    }
}
