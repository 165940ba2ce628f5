package dev.homeostat.host.control;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.control.ControlException.Code;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
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
    private static final JsonNode NO_ID = JsonNodeFactory.instance.nullNode();

    private final ByteChannel channel;
    private final ControlMethods methods;
    private final Scheduler scheduler;
    private final Leases leases;
    private final LineReader requests;
    private final Replies replies;

    Connection(ByteChannel channel, ControlMethods methods, Scheduler scheduler, Leases leases) {
        this.channel = channel;
        this.methods = methods;
        this.scheduler = scheduler;
        this.leases = leases;
        this.requests = new LineReader(channel, LONGEST_REQUEST);
        this.replies = new Replies(channel);
    }

    @Override
    public void run() {
        try (channel) {
            answerAll();
        } catch (ClosedChannelException e) {
            // The server closes.
        } catch (IOException e) {
            LOG.debug("A control connection ended: {}", e.toString());
        }
    }

    private void answerAll() throws IOException {
        try {
            for (String line = requests.next(); line != null; line = requests.next()) {
                answer(line);
            }
        } catch (LineReader.TooLongException e) {
            refuse(new ControlException(Code.BAD_REQUEST, String.valueOf(e.getMessage()), "send less at once"));
        }
    }

    private void answer(String line) throws IOException {
        JsonNode id = NO_ID;
        try {
            ObjectNode parsed = Request.parse(line);
            id = Request.id(parsed);
            replies.result(id, answer(Request.of(parsed)));
        } catch (ControlException e) {
            replies.error(id, e);
        } catch (InterruptedException e) {
            close(); // Only the server's close interrupts.
        } catch (RuntimeException | Error e) { // a plugin's codec may throw anything
            LOG.warn("A control request failed: {}", line.substring(0, Math.min(LONGEST_IN_LOG, line.length())), e);
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
        try (Lease lease = new Lease(scheduler, leases, item -> replies.item(request.id(), item), this::close)) {
            return methods.call(request.method(), request.params(), lease);
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
