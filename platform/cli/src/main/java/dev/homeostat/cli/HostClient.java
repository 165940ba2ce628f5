package dev.homeostat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Asks a running host over the UNIX domain socket in its data directory. */
final class HostClient {
    private static final int PROTOCOL = 1;
    private static final String SAME_VERSION =
            "use the homeostat command of the installation that the host was started from";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Home home;
    private final Duration patience;

    HostClient(Home home) {
        this(home, PATIENCE);
    }

    /** @param patience how long the host may be silent */
    HostClient(Home home, Duration patience) {
        this.home = home;
        this.patience = patience;
    }

    /** Takes the parts of an answer. */
    @FunctionalInterface
    interface Items {
        void item(Doc item) throws CommandException;
    }

    Doc call(String method, Map<String, Object> params) throws CommandException {
        return call(method, params, Duration.ZERO, item -> {});
    }

    /**
     * The host's answer.
     *
     * @param longer how much longer than usual the host may be silent
     * @param items takes the parts that come before the end
     * @throws CommandException if no host answers, or it answers with an error
     */
    Doc call(String method, Map<String, Object> params, Duration longer, Items items) throws CommandException {
        Map<String, @Nullable Object> request = request(method, params);
        try (SocketChannel channel = connect()) {
            Watchdog watchdog = new Watchdog(channel, patience.plus(longer));
            BufferedReader answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            send(channel, Json.compact(request) + "\n");
            while (true) {
                Doc answer = next(answers);
                watchdog.fed();
                if (!answer.fields().containsKey("item")) {
                    return end(answer, home);
                }
                items.item(answer.doc("item"));
            }
        } catch (AsynchronousCloseException e) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the host did not answer within " + Ages.length(patience.plus(longer)),
                    "its log may say what it is busy with");
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, "the host ended the connection: " + e.getMessage(), stopped());
        }
    }

    private Doc next(BufferedReader answers) throws IOException, CommandException {
        String line = answers.readLine();
        if (line == null) {
            throw new CommandException(ExitCode.FAILURE, "the host ended the connection before its answer", stopped());
        }
        return parse(line);
    }

    /** The only request of a connection. */
    static Map<String, @Nullable Object> request(String method, Map<String, Object> params) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("id", 1L);
        request.put("protocol", PROTOCOL);
        request.put("method", method);
        request.put("params", params);
        return request;
    }

    /** A line of an answer. */
    static Doc parse(String line) throws CommandException {
        try {
            return Doc.of(Json.parse(line));
        } catch (JacksonException e) {
            throw new CommandException(
                    ExitCode.FAILURE, "the answer of the host is not JSON: " + e.getOriginalMessage(), SAME_VERSION);
        }
    }

    /** The result in the last line of an answer of the host of that home. */
    static Doc end(Doc answer, Home home) throws CommandException {
        if (answer.fields().containsKey("error")) {
            throw CommandException.ofHost(answer.doc("error"), home);
        }
        if (!answer.fields().containsKey("result")) {
            throw new CommandException(ExitCode.FAILURE, "what the host said is not an answer", SAME_VERSION);
        }
        return answer.doc("result");
    }

    private static void send(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private SocketChannel connect() throws CommandException {
        if (!Files.isDirectory(home.directory())) {
            throw unreachable("that directory does not exist");
        }
        Path socket = socket();
        if (!Files.exists(socket)) {
            throw unreachable(
                    Files.isReadable(home.directory())
                            ? "there is no socket " + socket
                            : "you may not look into that directory");
        }
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(shortest(socket)));
        } catch (IOException e) {
            throw unreachable("nobody answers at " + socket + " (" + e.getMessage() + ")"
                    + (Files.isWritable(socket) ? "" : ", which belongs to another user"));
        }
    }

    /** The socket lies in the data directory, or where the file {@code control} there says. */
    private Path socket() throws CommandException {
        try {
            return Path.of(Files.readString(home.data().resolve("control")).strip());
        } catch (NoSuchFileException e) {
            return home.data().resolve("control.sock");
        } catch (IOException e) {
            throw unreachable("cannot read " + home.data().resolve("control") + ": " + e.getMessage());
        }
    }

    /** A link may have made the path longer than it is, and sockets take short ones only. */
    private static Path shortest(Path socket) throws IOException {
        Path real = socket.toRealPath();
        return real.toString().length() < socket.toString().length() ? real : socket;
    }

    private CommandException unreachable(String why) {
        return new CommandException(
                ExitCode.NO_HOST,
                "no host is reachable: home " + home.directory() + " (from " + home.named() + "): " + why,
                "start one with: homeostat" + home.option() + " run");
    }

    private String stopped() {
        return "it may have been stopped; \"homeostat" + home.option() + " status\" says whether it runs";
    }
}
