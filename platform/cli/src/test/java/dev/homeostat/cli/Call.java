package dev.homeostat.cli;

import dev.homeostat.cli.process.Prompt;
import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.process.Window;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What one call of the command came to. */
record Call(int code, String out, String err) {
    static Call of(Path install, String... words) {
        return of(Map.of(), install, false, words);
    }

    static Call of(Map<String, String> environment, Path install, boolean terminal, String... words) {
        return of(environment, install, terminal, question -> null, words);
    }

    /** At a terminal of that size, without colours; messages go there too. */
    static Call at(Window window, Path install, String... words) {
        return of(Map.of("NO_COLOR", "1"), install, true, question -> null, window, words);
    }

    static Call of(Map<String, String> environment, Path install, boolean terminal, Prompt prompt, String... words) {
        return of(environment, install, terminal, prompt, Window.UNKNOWN, words);
    }

    /** With standard output on a pipe, where somebody sits at a terminal, or on nothing but pipes. */
    static Call piped(Path install, boolean attended, Prompt prompt, String... words) {
        return of(Map.of(), install, false, attended, prompt, Window.UNKNOWN, words);
    }

    private static Call of(
            Map<String, String> environment,
            Path install,
            boolean terminal,
            Prompt prompt,
            Window window,
            String... words) {
        return of(environment, install, terminal, terminal, prompt, window, words);
    }

    private static Call of(
            Map<String, String> environment,
            Path install,
            boolean terminal,
            boolean attended,
            Prompt prompt,
            Window window,
            String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outPrinter = Surroundings.printer(out);
        PrintStream errPrinter = Surroundings.printer(err);
        int code = Main.run(
                new Surroundings(
                        environment,
                        install.resolve("..").normalize(),
                        install,
                        terminal,
                        outPrinter,
                        errPrinter,
                        question -> {
                            err.writeBytes(
                                    question.getBytes(StandardCharsets.UTF_8)); // past the printer, as an editor does
                            return prompt.ask(question);
                        },
                        () -> window,
                        attended,
                        attended),
                words);
        outPrinter.flush();
        errPrinter.flush();
        return new Call(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
