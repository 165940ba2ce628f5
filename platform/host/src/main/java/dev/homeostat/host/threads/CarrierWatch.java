package dev.homeostat.host.threads;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets virtual threads run where others never pause. A virtual thread keeps its carrier until it blocks, and the JVM has as many carriers as processors: two
 * operations that only compute would stop everything else on a machine with two, the control socket included. So a virtual thread is started at every look;
 * where it has not run two looks later there are twice as many carriers from then on, and the operating system shares the processors among them. The threads
 * that do not pause are told. When nothing had to wait for ten seconds, the carriers that are idle go.
 *
 * <p>Not safe for threads: looks come from one.
 */
final class CarrierWatch {
    static final int LOOKS_PER_SECOND = 4;

    /** Looks at which a virtual thread may still wait. One would be too few: after a pause of the whole JVM the look may come first. */
    static final int PATIENCE = 2;

    /** Looks without a wait, after which carriers go. */
    static final int CALM = 10 * LOOKS_PER_SECOND;

    /** What the JVM has at most by default ({@code jdk.virtualThreadScheduler.maxPoolSize}). */
    static final int MOST = 256;

    private static final Logger LOG = LoggerFactory.getLogger(CarrierWatch.class);
    private static final int NAMED = 5;

    private final Carriers carriers;
    private final Executor virtual;
    private final WaitListener listener;
    private final int usual;
    private volatile boolean ran = true;
    private int waits;
    private int calm;
    private boolean told;

    /**
     * A watch that has seen nothing yet.
     *
     * @param virtual starts a virtual thread
     */
    CarrierWatch(Carriers carriers, Executor virtual, WaitListener listener) {
        this.carriers = carriers;
        this.virtual = virtual;
        this.listener = listener;
        this.usual = carriers.most();
    }

    /** To be called four times a second. */
    void look() {
        if (ran) {
            waits = 0;
            calm = Math.min(calm + 1, CALM);
            if (calm == CALM && carriers.most() > usual) {
                fewer();
            }
            ran = false;
            virtual.execute(() -> ran = true);
        } else {
            calm = 0;
            waits++;
            if (waits >= PATIENCE) {
                waits = 0;
                more();
            }
            if (carriers.most() > usual) {
                carriers.wake();
            }
        }
    }

    private void more() {
        if (!told) {
            told = true;
            listener.waited(describe(carriers.running()));
        }
        int most = carriers.most();
        if (most < MOST) {
            int more = Math.min(MOST, 2 * most);
            carriers.most(more);
            LOG.info("virtual threads had to wait: {} of them can run at a time now, before {}", more, most);
        }
    }

    /** Twice as many as are in use, so that those who go on without a pause need no more of them soon. */
    private void fewer() {
        int most = carriers.most();
        int enough = Math.max(usual, 2 * carriers.busy());
        if (enough < most) {
            carriers.most(enough);
            LOG.info("virtual threads do not wait any more: {} of them can run at a time now, before {}", enough, most);
        }
        if (enough == usual && told) {
            told = false;
            listener.calm();
        }
    }

    /** As many run at a time as before the watch. */
    void end() {
        carriers.most(usual);
    }

    private static String describe(List<ThreadDump.Line> running) {
        List<String> busy = running.stream()
                .flatMap(thread -> thread.pluginFrame().stream()
                        .map(frame -> "\"" + thread.name() + "\" in " + ThreadDump.Line.place(frame)))
                .toList();
        String who = busy.isEmpty()
                ? "none of them is in the code of a plugin"
                : busy.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (busy.size() > NAMED ? " and " + (busy.size() - NAMED) + " more" : "");
        return running.size() + " virtual thread" + (running.size() == 1 ? " runs" : "s run")
                + " without a pause, and others had to wait for half a second: " + who;
    }
}
