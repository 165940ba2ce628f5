package dev.homeostat.format;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The hand-written Java sources below a folder: no {@code target}, nothing hidden, no links followed. */
final class JavaSources extends SimpleFileVisitor<Path> {

    private final Path root;
    private final List<Path> found = new ArrayList<>();

    private JavaSources(Path root) {
        this.root = root;
    }

    /** Finds the sources below {@code root}, in the order of their paths. */
    static List<Path> below(Path root) throws IOException {
        JavaSources sources = new JavaSources(root);
        Files.walkFileTree(root, sources);
        return sources.found.stream().sorted().toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        String name = directory.getFileName().toString();
        boolean ours = directory.equals(root) || !(name.equals("target") || name.startsWith("."));
        return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && file.getFileName().toString().endsWith(".java")) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }
}
