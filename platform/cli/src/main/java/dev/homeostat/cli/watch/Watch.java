package dev.homeostat.cli.watch;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Shows what a command shows again and again, until somebody ends it: on a terminal in the place of the last picture, elsewhere one picture after the other, for
 * programs one JSON document a line. A host that goes away after the first picture is waited for. Ends when its thread is interrupted, or nobody reads any more.
 */
public final class Watch {
    private static final String WATCH = "--watch";
    private static final String INTERVAL = "--interval";
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Session session;
    private final Picture picture;
    private final Duration interval;
    private final Sleep sleep;
    private int code = ExitCode.OK;
    private boolean seen;

    Watch(Session session, Picture picture, Duration interval, Sleep sleep) {
        this.session = session;
        this.picture = picture;
        this.interval = interval;
        this.sleep = sleep;
    }

    /** What is shown. */
    @FunctionalInterface
    public interface Picture {
        /** Asks, prints to the session that it is given, and gives the exit code. */
        int draw(Session session) throws CommandException;
    }

    /** Passes the time. */
    @FunctionalInterface
    interface Sleep {
        void sleep(Duration time) throws InterruptedException;
    }

    /** The options of a command that can be watched. */
    public static CommandSpec options(CommandSpec spec) {
        return spec.addOption(OptionSpec.builder("-w", WATCH)
                        .type(boolean.class)
                        .description("Shows it again and again, until Ctrl-C.")
                        .build())
                .addOption(OptionSpec.builder(INTERVAL)
                        .paramLabel("TIME")
                        .type(String.class)
                        .description("How long to wait before the next look, such as 500ms, 2s (the default), 1m.")
                        .build());
    }

    /** Draws it once, or for as long as somebody watches, as the words say; gives the exit code of the last picture. */
    public static int run(Session session, Words words, Picture picture) throws CommandException {
        if (!words.flag(WATCH)) {
            if (words.has(INTERVAL)) {
                throw new CommandException(ExitCode.USAGE, INTERVAL + ": is for " + WATCH + " only", "");
            }
            return picture.draw(session);
        }
        Duration interval = words.time(INTERVAL, USUAL);
        if (interval.compareTo(SHORTEST) < 0) {
            throw new CommandException(
                    ExitCode.USAGE, INTERVAL + ": must be at least 100ms, but was " + words.text(INTERVAL), "");
        }
        return new Watch(session, picture, interval, Thread::sleep).run();
    }

    int run() throws CommandException {
        Pictures pictures = session.around().terminal() && !session.json()
                ? new OnTerminal(session.out(), session.around().window())
                : new InSequence(session.out());
        try (pictures) {
            while (pictures.show(next())) {
                sleep.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever interrupts wants it to end, and that is all.
        }
        return code;
    }

    private String next() throws CommandException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        Session drawn = session.printedTo(out);
        try {
            code = picture.draw(drawn);
            seen = true;
        } catch (CommandException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!seen) {
                throw e;
            }
            code = e.exitCode();
            bytes.reset();
            failed(drawn, e);
        }
        out.flush();
        String text = bytes.toString(StandardCharsets.UTF_8);
        return session.json() ? Json.compact(Json.parse(text)) + "\n" : text;
    }

    private void failed(Session drawn, CommandException e) {
        if (session.json()) {
            drawn.print(new Doc(Map.of("error", String.valueOf(e.getMessage()))));
            return;
        }
        Screen screen = drawn.screen();
        screen.text(0, Tint.BAD, String.valueOf(e.getMessage()));
        screen.text(2, Tint.PLAIN, e.hint());
    }
}
