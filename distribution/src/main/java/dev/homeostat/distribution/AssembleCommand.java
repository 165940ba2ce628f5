package dev.homeostat.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Called by the build with the path of its module, the version and the time that all files get; the jars are taken from the class path. Makes
 * {@code target/homeostat} and {@code target/homeostat-VERSION.tar.gz}.
 */
public final class AssembleCommand {
    private final Path module;
    private final String version;
    private final Instant time;

    private AssembleCommand(Path module, String version, Instant time) {
        this.module = module;
        this.version = version;
        this.time = time;
    }

    /** Builds the distribution, or ends with 1 and says why it cannot be built. */
    public static void main(String[] args) throws IOException, InterruptedException {
        AssembleCommand command = new AssembleCommand(Path.of(args[0]), args[1], Instant.parse(args[2]));
        try {
            command.run(jarsOfTheClassPath());
        } catch (BuildFailure e) {
            System.err.println("The distribution cannot be built: " + e.getMessage());
            System.exit(1);
        }
    }

    private static List<Path> jarsOfTheClassPath() {
        List<Path> jars = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (element.endsWith(".jar")) {
                jars.add(Path.of(element));
            }
        }
        return jars;
    }

    private void run(List<Path> jars) throws IOException, InterruptedException {
        Path target = module.resolve("target");
        Path directory = target.resolve("homeostat");
        FileTime fileTime = FileTime.from(time);
        JavaRuntime runtime = new JavaRuntime(directory.resolve("runtime"));
        new Step(target.resolve("stamps/runtime"))
                .run(runtime.inputs(), directory.resolve("runtime/bin/java"), () -> runtime.link(fileTime));

        Content content = content(jars);
        new Installation(directory, target.resolve("stamps/files"), fileTime).update(content);

        addCaches(content, directory, Fingerprint.of(Fingerprint.of(content) + runtime.inputs()), fileTime);
        content.tree("runtime", directory.resolve("runtime"));
        Path tarball = target.resolve("homeostat-" + version + ".tar.gz");
        new Step(target.resolve("stamps/tarball"))
                .run(
                        Fingerprint.of(content),
                        tarball,
                        () -> Tarball.write(tarball, "homeostat-" + version, content, time));
    }

    private void addCaches(Content content, Path directory, String inputs, FileTime fileTime)
            throws IOException, InterruptedException {
        Path target = module.resolve("target");
        AotCaches caches = new AotCaches(directory, target.resolve("trial"));
        try {
            new Step(target.resolve("stamps/caches"))
                    .run(inputs, directory.resolve(AotCaches.FILES.getLast()), () -> caches.train(fileTime));
        } catch (BuildFailure e) {
            // All works without them, only slower; where no process may be started, say, a distribution is still to be
            // had.
            System.err.println(
                    "The distribution starts slower than it could, without caches of classes: " + e.getMessage());
            return;
        }
        for (String cache : AotCaches.FILES) {
            content.copy(cache, directory.resolve(cache));
        }
    }

    /** A jar for the command, which every millisecond of a start matters to. */
    private Path quick(Path jar) throws IOException, InterruptedException {
        if (!OldClasses.areIn(jar)) {
            return jar;
        }
        Path copy = module.resolve("target/jars").resolve(jar.getFileName());
        new Step(module.resolve("target/stamps/" + jar.getFileName()))
                .run(Fingerprint.of(jar) + " 1", copy, () -> OldClasses.renew(jar, copy));
        return copy;
    }

    private Content content(List<Path> jars) throws IOException, InterruptedException {
        Content content = new Content();
        content.tree("", module.resolve("src/main/dist"));
        content.copy("LICENSE", module.resolve("../LICENSE"));
        content.copy("README.md", module.resolve("../README.md"));
        content.tree("docs", module.resolve("../docs"));
        for (String empty : List.of("conf/plugins", "data", "logs", "manifests", "plugins")) {
            content.directory(empty);
        }
        new Sdk(module.resolve(".."), version).addTo(content);
        Libraries libraries = Libraries.of(jars);
        Map<String, Set<Path>> directories = Map.of(
                "lib/boot", libraries.boot(),
                "lib/host", libraries.host(),
                "lib/cli", libraries.cli(),
                "lib/shell", libraries.shell(),
                "plugins", libraries.plugins());
        for (Map.Entry<String, Set<Path>> entry : directories.entrySet()) {
            for (Path jar : entry.getValue()) {
                content.copy(
                        entry.getKey() + "/" + jar.getFileName(), entry.getKey().equals("lib/cli") ? quick(jar) : jar);
            }
        }
        return content;
    }
}
