package dev.homeostat.cli.wire;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.screen.Ages;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Asks a running host over the UNIX domain socket in its data directory. */
public final class HostClient {
    private static final int PROTOCOL = 1;
    private static final String SAME_VERSION =
            "use the homeostat command of the installation that the host was started from";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Home home;
    private final Duration patience;
    private final Progress progress;
    private final Unreachable unreachable;

    public HostClient(Home home) {
        this(home, PATIENCE);
    }

    /** @param patience how long the host may be silent */
    public HostClient(Home home, Duration patience) {
        this(home, patience, Progress.NONE);
    }

    private HostClient(Home home, Duration patience, Progress progress) {
        this.home = home;
        this.patience = patience;
        this.progress = progress;
        this.unreachable = new Unreachable(home);
    }

    /** The same, that tells how it goes with each call. */
    public HostClient telling(Progress other) {
        return new HostClient(home, patience, other);
    }

    /** What it tells of how it goes. */
    public Progress progress() {
        return progress;
    }

    /** Takes the parts of an answer. */
    @FunctionalInterface
    public interface Items {
        void item(Doc item) throws CommandException;
    }

    public Doc call(String method, Map<String, Object> params) throws CommandException {
        return call(method, params, Duration.ZERO, item -> {});
    }

    /**
     * The host's answer.
     *
     * @param longer how much longer than usual the host may be silent
     * @param items takes the parts that come before the end
     * @throws CommandException if no host answers, or it answers with an error
     */
    public Doc call(String method, Map<String, Object> params, Duration longer, Items items) throws CommandException {
        Map<String, @Nullable Object> request = request(method, params);
        try (SocketChannel channel = connect();
                Progress.Going going = progress.begin();
                Watchdog watchdog = new Watchdog(channel, patience.plus(longer))) {
            BufferedReader answers =
                    new BufferedReader(Channels.newReader(new Fed(channel, watchdog), StandardCharsets.UTF_8));
            send(channel, Json.compact(request) + "\n");
            while (true) {
                Doc answer = next(answers);
                if (!answer.fields().containsKey("item")) {
                    return end(answer, home);
                }
                going.part();
                items.item(answer.doc("item"));
            }
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } catch (AsynchronousCloseException e) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the host did not answer within " + Ages.length(patience.plus(longer)),
                    "its log may say what it is busy with");
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, "the host ended the connection: " + e.getMessage(), stopped());
        }
    }

    /** Whatever comes is a sign of life: a host that works long on an answer sends blanks. */
    private record Fed(SocketChannel channel, Watchdog watchdog) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer into) throws IOException {
            int count = channel.read(into);
            watchdog.fed();
            return count;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
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
    public static Map<String, @Nullable Object> request(String method, Map<String, Object> params) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("id", 1L);
        request.put("protocol", PROTOCOL);
        request.put("method", method);
        request.put("params", params);
        return request;
    }

    /** A line of an answer. */
    public static Doc parse(String line) throws CommandException {
        try {
            return Doc.of(Json.parse(line));
        } catch (JacksonException e) {
            throw new CommandException(
                    ExitCode.FAILURE, "the answer of the host is not JSON: " + e.getOriginalMessage(), SAME_VERSION);
        }
    }

    /** The result in the last line of an answer of the host of that home. */
    public static Doc end(Doc answer, Home home) throws CommandException {
        if (answer.fields().containsKey("error")) {
            throw CommandException.ofHost(answer.doc("error"), home);
        }
        if (!answer.fields().containsKey("result")) {
            throw new CommandException(ExitCode.FAILURE, "what the host said is not an answer", SAME_VERSION);
        }
        return answer.doc("result");
    }

    private static void send(SocketChannel channel, String line) throws AsynchronousCloseException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (AsynchronousCloseException e) {
            throw e;
        } catch (IOException e) {
            // A host that refuses a client ends the connection unheard; why it did so is to be read.
        }
    }

    private SocketChannel connect() throws CommandException {
        if (!Files.isDirectory(home.directory())) {
            throw unreachable.absent("that directory does not exist");
        }
        Path socket = socket();
        if (!Files.exists(socket)) {
            throw Files.isReadable(home.directory()) && isOpen(socket.getParent())
                    ? unreachable.absent("there is no socket " + socket)
                    : unreachable.barred("you may not look into that directory", home.directory());
        }
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(shortest(socket)));
        } catch (IOException e) {
            String why = "nobody answers at " + socket + " (" + e.getMessage() + ")";
            throw Files.isWritable(socket)
                    ? unreachable.absent(why)
                    : unreachable.barred(why + ", which belongs to another user", socket);
        }
    }

    /** Whether a file that is not seen there is not there. */
    private static boolean isOpen(@Nullable Path directory) {
        return directory == null || !Files.exists(directory) || Files.isExecutable(directory);
    }

    /** The socket lies in the data directory, or where the file {@code control} there says. */
    private Path socket() throws CommandException {
        Path control = home.data().resolve("control");
        try {
            return Path.of(Files.readString(control).strip());
        } catch (NoSuchFileException e) {
            return home.data().resolve("control.sock");
        } catch (AccessDeniedException e) {
            throw unreachable.barred("you may not read " + control, control);
        } catch (IOException e) {
            throw unreachable.absent("cannot read " + control + ": " + e.getMessage());
        }
    }

    /** A link may have made the path longer than it is, and sockets take short ones only. */
    private static Path shortest(Path socket) throws IOException {
        Path real = socket.toRealPath();
        return real.toString().length() < socket.toString().length() ? real : socket;
    }

    private static CommandException interrupted() {
        return new CommandException(ExitCode.INTERRUPTED, "interrupted", "");
    }

    private String stopped() {
        return "it may have been stopped; \"homeostat" + home.option() + " status\" says whether it runs";
    }
}
