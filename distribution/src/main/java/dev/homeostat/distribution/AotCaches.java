package dev.homeostat.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The caches of loaded and linked classes (JEP 483, 514) with which host and command start in half the time. They are made by watching what users do first:
 * start the host on a home with one manifest, ask it what people ask, stop it.
 */
final class AotCaches {
    /** The caches, relative to the installation. */
    static final List<String> FILES = List.of("lib/run.aot", "lib/cli.aot");

    /** The greatest exit code of commands that could ask: the mistyped one's. */
    private static final int MISUSED = 2;

    private static final long MINUTES = 3;

    /** One line of each kind of question and answer; all in one process, for there is one cache for all commands. */
    private static final String QUESTIONS = """
        status
        status -o json
        plugins
        plugins -o json
        reconcilers
        reconcilers failures files/files
        reconcilers options files/files
        reconcilers pause files/files greeting.txt
        reconcilers resume files/files greeting.txt
        reconcilers held files/files
        db tables
        db show files
        db get files greeting.txt
        db prefix files gre -o json
        db lowerbound files a
        db dump
        db rejected
        explain files greeting.txt
        explain files greeting.txt -o json
        wait
        config show
        complete bash -- ":= " "homeostat db get files g"
        complete zsh -- reconcilers mode f
        completion zsh
        db get files nowhere
        db tabels
        db get --help
        """;

    private final Path installation;
    private final Path work;

    /**
     * Trains an installation.
     *
     * @param work a directory for the home of the trial run; it is deleted before and after
     */
    AotCaches(Path installation, Path work) {
        this.installation = installation;
        this.work = work;
    }

    /** Makes both caches, or throws, and then there is none. */
    void train(FileTime time) throws IOException, InterruptedException {
        delete();
        Trees.delete(work);
        Files.createDirectories(work.resolve("home/manifests"));
        Files.copy(installation.resolve("examples/hello.yaml"), work.resolve("home/manifests/hello.yaml"));
        try {
            trainHost();
            for (String file : FILES) {
                if (Files.notExists(installation.resolve(file))) {
                    throw new BuildFailure("the trial run made no " + file);
                }
                Files.setLastModifiedTime(installation.resolve(file), time);
            }
        } catch (BuildFailure | IOException e) {
            delete();
            throw e;
        }
        Trees.delete(work);
    }

    /** Removes both. */
    void delete() throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(installation.resolve(file));
            Files.deleteIfExists(installation.resolve(file + ".config")); // what the JVM leaves when it fails half-way
        }
    }

    private void trainHost() throws IOException, InterruptedException {
        ProcessBuilder run = homeostat("HOMEOSTAT_JVM_OPTIONS", FILES.get(0), "run");
        Process host = run.redirectError(work.resolve("run.err").toFile()).start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            if (line == null || !line.contains("ready")) {
                throw new BuildFailure(
                        "the host did not start: " + line + "\n" + Files.readString(work.resolve("run.err")));
            }
            Path questions = Files.writeString(work.resolve("questions"), QUESTIONS);
            ProcessBuilder ask = homeostat("HOMEOSTAT_CLI_JVM_OPTIONS", FILES.get(1), "shell");
            ProcessOutput output = ProcessOutput.of(ask.redirectInput(questions.toFile()));
            if (output.code() > MISUSED) {
                throw new BuildFailure(
                        String.join(" ", ask.command()) + " ended with " + output.code() + ":\n" + output.text());
            }
            host.destroy();
            if (!host.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new BuildFailure("the host did not stop");
            }
        } finally {
            host.destroyForcibly();
        }
    }

    private ProcessBuilder homeostat(String variable, String cache, String... words) {
        List<String> command = Stream.concat(
                        Stream.of(
                                installation.resolve("bin/homeostat").toString(),
                                "--home",
                                work.resolve("home").toString()),
                        Stream.of(words))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMEOSTAT_") || name.endsWith("_OPTIONS"));
        builder.environment().put(variable, "-XX:AOTCacheOutput=" + cache);
        return builder;
    }
}
