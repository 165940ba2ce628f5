package dev.homeostat.host;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.host.pf4j.BootPlatform;
import dev.homeostat.launcher.HostRunner;
import dev.homeostat.launcher.Launch;
import java.io.PrintStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the host of this process. A signal (SIGTERM, Ctrl-C) stops it in an orderly way, and the process then ends with 0; when five seconds were not enough,
 * it ends with 1.
 */
public final class Runner implements HostRunner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration STOP_DEADLINE = Duration.ofMillis(4800);
    private static final int OK = 0;
    private static final int FAILURE = 1;
    private static final int BAD_CONFIGURATION = 78;

    private final PrintStream out;
    private final PrintStream err;

    /** For {@link java.util.ServiceLoader}. */
    public Runner() {
        this(System.out, System.err);
    }

    Runner(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    static {
        GuiceProperties.set();
    }

    @Override
    public int run(Launch launch) {
        try {
            Host host = Host.open(launch, BootPlatform.boot(), Environment.ofProcess());
            return run(host);
        } catch (DocumentException e) {
            e.problems().forEach(problem -> err.println(problem));
            err.println("homeostat run: the configuration of " + launch.home() + " is not as it should be; see above");
            return BAD_CONFIGURATION;
        } catch (StartException e) {
            LOG.debug("no start", e);
            err.println("homeostat run: " + e.getMessage());
            return FAILURE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILURE;
        } catch (RuntimeException | LinkageError e) {
            LOG.error("the host cannot start", e);
            err.println("homeostat run: the host cannot start: " + e + "; the log in "
                    + launch.home().resolve("logs") + " says where");
            return FAILURE;
        }
    }

    @Override
    public int answer(Launch launch) {
        Answers.answerAll(launch, Environment.ofProcess(), System.in, out);
        return OK;
    }

    private int run(Host host) throws StartException, InterruptedException {
        Thread hook = Thread.ofPlatform().name("homeostat-stop").unstarted(() -> stopAndHalt(host));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            host.start();
            if (host.isRunning()) {
                out.println(ReadyLine.of(host));
            }
            host.awaitStopped();
            return OK;
        } finally {
            forget(hook);
        }
    }

    /** The process ends by itself: the hook would change its exit code. */
    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("a signal came first", e);
        }
    }

    /** In a shutdown hook the exit code of the signal is set already: only halt can give another one. */
    private void stopAndHalt(Host host) {
        Thread.ofPlatform().daemon().name("homeostat-stop-deadline").start(() -> {
            try {
                Thread.sleep(STOP_DEADLINE);
                LOG.error("the host did not stop in time, and is ended");
                Runtime.getRuntime().halt(FAILURE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        host.stop();
        out.println("homeostat has stopped");
        Runtime.getRuntime().halt(OK);
    }
}
