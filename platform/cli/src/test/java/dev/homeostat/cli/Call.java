package dev.homeostat.cli;

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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outPrinter = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errPrinter = new PrintStream(err, false, StandardCharsets.UTF_8);
        int code = Main.run(
                new Surroundings(
                        environment, install.resolve("..").normalize(), install, terminal, outPrinter, errPrinter),
                words);
        outPrinter.flush();
        errPrinter.flush();
        return new Call(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
