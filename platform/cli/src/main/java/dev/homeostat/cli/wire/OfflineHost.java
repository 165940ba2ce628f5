package dev.homeostat.cli.wire;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a host where none runs: a process of the same installation that answers as a host would what needs no running host, and ends. This command does not
 * contain the host, and knows nothing that only a host can know.
 */
public final class OfflineHost {
    private final Home home;
    private final List<String> command;

    /** @param command starts the process that answers */
    public OfflineHost(Home home, List<String> command) {
        this.home = home;
        this.command = List.copyOf(command);
    }

    /**
     * Of that installation.
     *
     * @param properties words such as {@code -Dkey=value}, as {@code homeostat run} would be given them
     */
    public static OfflineHost of(Home home, Path install, List<String> properties) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dhomeostat.install=" + install,
                "--add-modules",
                "ALL-SYSTEM,ALL-MODULE-PATH",
                "-p",
                install.resolve("lib/boot").toString(),
                "-m",
                "dev.homeostat.launcher/dev.homeostat.launcher.Main",
                "answer",
                "--home",
                home.directory().toString()));
        command.addAll(properties);
        return new OfflineHost(home, command);
    }

    /**
     * Its answer.
     *
     * @throws CommandException if it cannot be started, does not answer, or answers with an error
     */
    public Doc call(String method, Map<String, Object> params) throws CommandException {
        if (!Files.isDirectory(home.directory())) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "there is no directory " + home.directory() + " (" + home.named() + ")",
                    "make it first: mkdir -p " + Home.quoted(home.directory().toString()));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                return answer(process, method, params);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the configuration of " + home.directory() + " cannot be looked at: " + e.getMessage(),
                    "the installation may be incomplete: unpack it again");
        }
    }

    private Doc answer(Process process, String method, Map<String, Object> params)
            throws IOException, CommandException {
        Map<String, @Nullable Object> request = HostClient.request(method, new LinkedHashMap<>(params));
        try (OutputStream out = process.getOutputStream()) {
            out.write((Json.compact(request) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = answers.readLine();
            if (line == null) {
                throw new CommandException(
                        ExitCode.FAILURE,
                        "the installation did not answer",
                        "standard error may say why; or the installation is incomplete: unpack it again");
            }
            return HostClient.end(HostClient.parse(line), home);
        }
    }
}
