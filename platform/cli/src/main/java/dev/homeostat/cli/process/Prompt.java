package dev.homeostat.cli.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks whoever sits at the terminal. */
@FunctionalInterface
public interface Prompt {
    /**
     * The line that was typed; null when there was none.
     *
     * @param question one line, with a blank at its end
     */
    @Nullable
    String ask(String question);

    /** On standard input, with the question on that stream. */
    static Prompt ofProcess(PrintStream questions) {
        return question -> {
            questions.append(question).flush();
            try {
                return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            } catch (IOException e) {
                return null;
            }
        };
    }
}
