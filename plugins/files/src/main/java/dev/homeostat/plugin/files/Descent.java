package dev.homeostat.plugin.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way from the managed directory down to the directory of one file, each step held open. Used by one thread. */
final class Descent implements Closeable {
    private final ManagedPath target;
    private final Deque<OpenDirectory> steps = new ArrayDeque<>();

    private Descent(ManagedPath target) {
        this.target = target;
    }

    /**
     * Goes down to a file's directory, and makes the directories that are missing.
     *
     * @throws PathRefusedException if a symbolic link is on the way
     * @throws FileInTheWayException if a file is on the way
     */
    static Descent making(Path root, ManagedPath target) throws IOException, PathRefusedException {
        Files.createDirectories(root);
        Descent descent = new Descent(target);
        return descent.go(root, true) ? descent : missing(target);
    }

    /** The same, but gives null when a directory is missing. */
    static @Nullable Descent finding(Path root, ManagedPath target) throws IOException, PathRefusedException {
        if (Files.notExists(root)) {
            return null;
        }
        Descent descent = new Descent(target);
        return descent.go(root, false) ? descent : null;
    }

    private static Descent missing(ManagedPath target) throws IOException {
        throw new IOException("a directory above \"" + target.text() + "\" was removed while it was being made");
    }

    /** The directory of the file. */
    OpenDirectory directory() {
        return steps.getFirst();
    }

    /** The file's name in it. */
    Path name() {
        return target.name();
    }

    /** Deletes the directories above the file that are empty, from the lowest up; the managed directory itself stays. */
    void removeEmptyParents() throws IOException {
        for (int i = target.parents().size() - 1; i >= 0; i--) {
            steps.pop().close();
            try {
                directory().deleteDirectory(target.parents().get(i));
            } catch (IOException e) { // most likely it is not empty; one that stays behind does no harm
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        while (!steps.isEmpty()) {
            steps.pop().close();
        }
    }

    private boolean go(Path root, boolean making) throws IOException, PathRefusedException {
        boolean arrived = false;
        try {
            steps.push(OpenDirectory.open(root.toRealPath()));
            arrived = descend(making);
            return arrived;
        } finally {
            if (!arrived) {
                close();
            }
        }
    }

    private boolean descend(boolean making) throws IOException, PathRefusedException {
        for (Path name : target.parents()) {
            PosixFileAttributes attributes = directory().attributes(name);
            if (attributes == null && !making) {
                return false;
            } else if (attributes == null) {
                make(name);
            } else if (attributes.isSymbolicLink()) {
                throw new PathRefusedException("path \"" + target.text() + "\" leads through "
                        + directory().path().resolve(name)
                        + ", a symbolic link, which could leave the managed directory; remove the link, or"
                        + " change the path");
            } else if (!attributes.isDirectory()) {
                throw new FileInTheWayException(directory().path().resolve(name), parentText(steps.size()));
            }
            steps.push(directory().enter(name));
        }
        return true;
    }

    private void make(Path name) throws IOException {
        try {
            directory().make(name);
        } catch (FileAlreadyExistsException e) { // somebody else made it: entering it says what it is
            return;
        }
    }

    private String parentText(int depth) {
        return target.parents().subList(0, depth).stream().map(Path::toString).collect(Collectors.joining("/"));
    }
}
