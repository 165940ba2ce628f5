package dev.homeostat.cli.wire;

import dev.homeostat.cli.process.Surroundings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is told of a call while it goes on. */
public sealed interface Progress {
    /** Nothing. */
    Progress NONE = new Silent();

    /** A line on standard error as long as a call goes on, if that is a terminal. */
    static Progress of(Surroundings around) {
        return around.terminalForMessages()
                ? new Line(around.err(), around.terminal(), Duration.ofSeconds(1), null)
                : NONE;
    }

    /** The same with something to say, asked for every second on a thread of its own; it may take its time, and is empty when there is nothing to say. */
    Progress saying(Supplier<String> what);

    /** A call begins. */
    Going begin();

    /** A call that goes on, until it is closed. */
    sealed interface Going extends AutoCloseable permits Silent, ProgressLine {
        /** A part of the answer has come, and is printed now. */
        void part();

        @Override
        void close();
    }

    /** Says nothing. */
    record Silent() implements Progress, Going {
        @Override
        public Progress saying(Supplier<String> what) {
            return this;
        }

        @Override
        public Going begin() {
            return this;
        }

        @Override
        public void part() {}

        @Override
        public void close() {}
    }

    /**
     * In one line.
     *
     * @param err standard error
     * @param partsAreSeen whether the parts of the answer are printed to a terminal: then the line goes with the first
     * @param beat how long nothing is said, and how often something is
     * @param what to say besides how long it takes
     */
    record Line(
            PrintStream err,
            boolean partsAreSeen,
            Duration beat,
            @Nullable Supplier<String> what) implements Progress {
        @Override
        public Progress saying(Supplier<String> other) {
            return new Line(err, partsAreSeen, beat, other);
        }

        @Override
        public Going begin() {
            return new ProgressLine(this);
        }
    }
}
