package dev.homeostat.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Maven repository with what a plugin project compiles and tests against: name it in the project's {@code <repositories>} and nothing of ours has to be
 * published or installed. Other people's libraries come from where the project gets its others.
 */
final class Sdk {
    private static final String GROUP = "sdk/dev/homeostat/";
    private static final List<String> MODULES = List.of(
            "api",
            "platform/fakes",
            "platform/statedb",
            "platform/reconciler",
            "platform/testkit",
            "platform/plugintest");

    private final Path repository;
    private final String version;

    /**
     * Takes the artifacts from a built source tree.
     *
     * @param repository the root of the source tree
     */
    Sdk(Path repository, String version) {
        this.repository = repository;
        this.version = version;
    }

    void addTo(Content content) throws IOException {
        add(content, "homeostat", "pom", repository.resolve("pom.xml"));
        for (String module : MODULES) {
            Path directory = repository.resolve(module);
            String artifact = "homeostat-" + directory.getFileName();
            Path jar = directory.resolve("target/" + artifact + "-" + version + ".jar");
            if (Files.notExists(jar)) {
                throw new BuildFailure("there is no " + jar + "; package that module first: mvn package");
            }
            add(content, artifact, "pom", directory.resolve("pom.xml"));
            add(content, artifact, "jar", jar);
        }
    }

    private void add(Content content, String artifact, String type, Path file) throws IOException {
        String path = GROUP + artifact + "/" + version + "/" + artifact + "-" + version + "." + type;
        content.copy(path, file);
        content.text(path + ".sha1", sha1(file));
    }

    /** The checksum that Maven looks for beside a file, and warns about when it is not there. */
    private static String sha1(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(in.readAllBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }
}
