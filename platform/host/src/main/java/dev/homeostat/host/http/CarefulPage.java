package dev.homeostat.host.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page that always has an answer: where it cannot be made, that. It is logged once, until it can be made again. */
final class CarefulPage implements Page {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulPage.class);

    private final String path;
    private final Page page;
    private final AtomicBoolean fails = new AtomicBoolean();

    CarefulPage(String path, Page page) {
        this.path = path;
        this.page = page;
    }

    @Override
    public Reply answer() throws InterruptedException {
        try {
            Reply reply = page.answer();
            fails.set(false);
            return reply;
        } catch (IOException | RuntimeException | Error e) { // no memory for the metrics, for example
            if (fails.compareAndSet(false, true)) {
                LOG.atWarn()
                        .addKeyValue("path", path)
                        .setCause(e)
                        .log("{} cannot be answered; this is said once until it can", path);
            }
            return Reply.text(500, "it failed; the log of the host says why\n");
        }
    }
}
