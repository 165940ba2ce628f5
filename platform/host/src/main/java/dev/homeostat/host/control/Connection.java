package dev.homeostat.host.control;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One client. Its requests are answered one after the other, on one thread; whatever it sends hurts nobody but itself. */
final class Connection implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int LONGEST_REQUEST = 1 << 20;
    private static final int LONGEST_IN_LOG = 200;

    /** So many requests are answered without a pause: more than a person or a completion asks on one connection. */
    private static final int UNPACED = 100;

    private static final int MOST_MALFORMED = 20;
    private static final JsonNode NO_ID = JsonNodeFactory.instance.nullNode();

    private final ByteChannel channel;
    private final Caller caller;
    private final ControlMethods methods;
    private final Scheduler scheduler;
    private final Leases leases;
    private final Pace pace;
    private final LineReader requests;
    private final Replies replies;
    private final Stage stage;
    private int malformed;
    private long answered;

    /** @param shared what it shares with other connections */
    Connection(ByteChannel channel, Caller caller, ControlMethods methods, Scheduler scheduler, Shared shared) {
        this.channel = channel;
        this.caller = caller;
        this.methods = methods;
        this.scheduler = scheduler;
        this.leases = shared.leases();
        this.pace = shared.pace();
        this.stage = new Stage(scheduler);
        this.requests = new LineReader(channel, LONGEST_REQUEST, shared.larges());
        this.replies = new Replies(new WatchedChannel(channel, stage));
    }

    /**
     * What all connections of a server share.
     *
     * @param pace of those that ask without end
     */
    record Shared(Leases leases, Pace pace, LargeRequests larges) {
        Shared() {
            this(new Leases(), new Pace(Duration.ofMillis(5), 0), new LargeRequests());
        }
    }

    /** What it is at, and since when. */
    Stage stage() {
        return stage;
    }

    @Override
    public void run() {
        try (channel;
                requests) {
            answerAll();
        } catch (ClosedChannelException e) {
            // The server closes.
        } catch (IOException e) {
            LOG.debug("A control connection ended: {}", e.toString());
        }
    }

    private void answerAll() throws IOException {
        try {
            for (String line = next(); line != null && malformed < MOST_MALFORMED; line = next()) {
                rest();
                answer(line);
            }
        } catch (LineReader.TooLongException e) {
            refuse(new ControlException(Code.BAD_REQUEST, String.valueOf(e.getMessage()), "send less at once"));
        } catch (LineReader.NoRoomException e) {
            refuse(new ControlException(Code.BUSY, String.valueOf(e.getMessage()), "try again later"));
        } catch (InterruptedException e) {
            close(); // Only the server's close interrupts.
        }
    }

    private @Nullable String next() throws IOException {
        stage.reads();
        String line = requests.next();
        stage.answers();
        return line;
    }

    /** Whoever asks without end gets what others leave. */
    private void rest() throws InterruptedException {
        answered++;
        if (answered > UNPACED) {
            Thread.sleep(pace.comes(scheduler.nanoTime()));
        }
    }

    private void answer(String line) throws IOException {
        JsonNode id = NO_ID;
        String method = "";
        try {
            ObjectNode parsed = Request.parse(line);
            id = Request.id(parsed);
            Request request = Request.of(parsed);
            malformed = 0;
            method = request.method();
            replies.result(id, answer(request));
        } catch (ControlException e) {
            malformed += e.code() == Code.BAD_REQUEST ? 1 : 0;
            replies.error(id, e);
        } catch (InterruptedException e) {
            close(); // Only the server's close interrupts.
        } catch (RuntimeException | Error e) { // a plugin's codec may throw anything
            // The method alone: parameters may be secrets.
            LOG.warn("A control request failed: {}", method.substring(0, Math.min(LONGEST_IN_LOG, method.length())), e);
            replies.error(
                    id,
                    new ControlException(
                            Code.FAILED, "the request failed: " + e, "the log of the host has the details"));
        }
    }

    private ObjectNode answer(Request request) throws ControlException, IOException, InterruptedException {
        if (request.protocol() != Request.PROTOCOL) {
            throw new ControlException(
                    Code.PROTOCOL,
                    "this host speaks protocol " + Request.PROTOCOL + ", and the client " + request.protocol(),
                    "use the homeostat command of the installation that the host was started from");
        }
        try (Lease lease = new Lease(scheduler, leases, new Parts(replies, request.id()), this::close)) {
            return methods.call(caller, request.method(), request.params(), lease);
        }
    }

    /** The parts of one answer, on their way to the client. */
    private record Parts(Replies replies, JsonNode id) implements Items {
        @Override
        public void item(ObjectNode item) throws IOException {
            replies.item(id, item);
        }

        @Override
        public void beat() throws IOException {
            replies.blank();
        }

        @Override
        public void rest() throws IOException {
            replies.flush();
        }
    }

    /** Says why nothing more is answered, as far as the client listens. */
    void refuse(ControlException reason) {
        try (channel) {
            replies.error(NO_ID, reason);
        } catch (IOException e) {
            LOG.debug("A control client could not be told \"{}\": {}", reason.getMessage(), e.toString());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A control connection did not close: {}", e.toString());
        }
    }
}
