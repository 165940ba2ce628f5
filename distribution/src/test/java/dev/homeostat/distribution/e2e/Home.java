package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A home, and what a user does to it. */
final class Home {
    private final Path directory;

    Home(Path directory) {
        try {
            this.directory = Files.createDirectories(directory).toRealPath();
            Files.createDirectories(directory.resolve("manifests"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    Path path(String relative) {
        return directory.resolve(relative);
    }

    /** A path in the directory that the plugin "files" manages. */
    Path managed(String relative) {
        return directory.resolve("data/files").resolve(relative);
    }

    /** Writes a manifest as a careful editor does, in one step. */
    Home manifest(String name, String yaml) {
        Path unfinished = write("unfinished", yaml);
        try {
            Files.move(unfinished, path("manifests/" + name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Home config(String yaml) {
        write("conf/homeostat.yaml", yaml);
        return this;
    }

    Home pluginConfig(String id, String yaml) {
        write("conf/plugins/" + id + ".yaml", yaml);
        return this;
    }

    Path write(String relative, String text) {
        try {
            Files.createDirectories(path(relative).getParent());
            return Files.writeString(path(relative), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the command on this home, to its end. */
    Answer command(String... words) {
        List<String> all = new ArrayList<>(List.of(Installed.SCRIPT.toString(), "--home", directory.toString()));
        all.addAll(List.of(words));
        return Answer.of(new ProcessBuilder(all));
    }
}
