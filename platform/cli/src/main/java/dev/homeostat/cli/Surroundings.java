package dev.homeostat.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the process was given.
 *
 * @param environment the environment variables
 * @param directory what relative paths of the user are relative to; not the process's own, which the script changes
 * @param install the installation, whose directory is the home where no other is named
 * @param terminal whether standard output is a terminal
 */
record Surroundings(
        Map<String, String> environment,
        Path directory,
        Path install,
        boolean terminal,
        PrintStream out,
        PrintStream err) {

    /** @param out standard output */
    static Surroundings ofProcess(Output out) {
        Path directory = Path.of(System.getProperty("homeostat.cwd", "")).toAbsolutePath();
        String install = System.getProperty("homeostat.home.default", System.getProperty("homeostat.install", ""));
        return new Surroundings(
                System.getenv(),
                directory,
                directory.resolve(install).normalize(),
                isTerminal(),
                printer(out),
                printer(new FileOutputStream(FileDescriptor.err)));
    }

    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base"); // The other one loads a line editor first.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    static PrintStream printer(OutputStream stream) {
        return new PrintStream(new BufferedOutputStream(stream, 1 << 16), false, StandardCharsets.UTF_8);
    }
}
