package dev.homeostat.host.http;

import dev.homeostat.host.metrics.HttpMeters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection with its one request. Closing it from any thread ends it, whatever it waits for. */
final class Client implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    /** What a client may still send after it was answered: closing at once could lose it the answer. */
    private static final int MOST_LEFT = 64 << 10;

    private static final Duration WAIT_FOR_ITS_END = Duration.ofSeconds(1);

    private final Socket socket;
    private final Map<String, CarefulPage> pages;
    private final HttpMeters meters;
    private final long begin = System.nanoTime();

    Client(Socket socket, Map<String, CarefulPage> pages, HttpMeters meters) {
        this.socket = socket;
        this.pages = pages;
        this.meters = meters;
    }

    /** How long it has been there. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Reads, answers, closes. */
    void serve() {
        try (socket) {
            if (!answer(socket.getInputStream(), socket.getOutputStream())) {
                meters.refused();
                return;
            }
            meters.answered(age());
            seeOff();
        } catch (IOException e) {
            LOG.debug("a client went: {}", e.toString());
        }
    }

    private boolean answer(InputStream in, OutputStream out) {
        try {
            RequestHead head = RequestHead.read(in);
            answerTo(head).write(out, !head.method().equals("HEAD"));
            return true;
        } catch (RequestHead.UnfitException e) {
            return answer(e.reply(), out);
        } catch (IOException e) {
            LOG.debug("a client got no answer: {}", e.toString());
            return false;
        }
    }

    private static boolean answer(Reply reply, OutputStream out) {
        try {
            reply.write(out, true);
            return true;
        } catch (IOException e) {
            LOG.debug("a client got no answer: {}", e.toString());
            return false;
        }
    }

    private Reply answerTo(RequestHead head) {
        CarefulPage page = pages.get(head.path());
        if (page == null) {
            return Reply.text(404, "there is nothing here; there are " + String.join(", ", pages.keySet()) + "\n");
        }
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
            return Reply.text(405, head.path() + " can only be read: GET or HEAD\n");
        }
        try {
            return page.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.text(503, "the host stops\n");
        }
    }

    private void seeOff() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout((int) WAIT_FOR_ITS_END.toMillis());
        byte[] left = socket.getInputStream().readNBytes(MOST_LEFT);
        LOG.trace("a client sent {} bytes more than were read", left.length);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a client could not be closed: {}", e.toString());
        }
    }
}
