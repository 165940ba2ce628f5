package dev.homeostat.plugin.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A path below the managed directory. A row's path is one of exactly one form: no two texts are one file, so that keys and what is on disk always agree.
 *
 * @param text as in the row
 * @param parents the directories on the way
 * @param name the file's own name
 */
record ManagedPath(String text, List<Path> parents, Path name) {
    private static final int LONGEST_NAME = 255;

    ManagedPath {
        parents = List.copyOf(parents);
    }

    /** @throws PathRefusedException if it is not such a path; the message names it and says why */
    static ManagedPath parse(String text) throws PathRefusedException {
        if (text.isEmpty()) {
            throw new PathRefusedException("the path is empty: it must name a file");
        }
        if (text.startsWith("/")) {
            throw refused(text, "is absolute; it must be relative to the managed directory");
        }
        if (text.indexOf('\0') >= 0) {
            throw refused(text.replace('\0', '?'), "has a NUL character in it");
        }
        if (text.endsWith("/")) {
            throw refused(text, "names a directory; it must name a file");
        }
        List<String> parts = List.of(text.split("/", -1));
        for (String part : parts) {
            check(text, part);
        }
        try {
            return found(Path.of(text));
        } catch (InvalidPathException e) {
            throw refused(text, "has characters that this system's file names cannot have");
        }
    }

    /** The path of something that is on disk, relative to the managed directory. */
    static ManagedPath found(Path relative) {
        List<Path> names = new ArrayList<>();
        relative.forEach(names::add);
        return new ManagedPath(relative.toString(), names.subList(0, names.size() - 1), names.getLast());
    }

    private static void check(String text, String part) throws PathRefusedException {
        if (part.equals("..")) {
            throw refused(text, "has \"..\" in it, which could leave the managed directory");
        }
        if (part.isEmpty() || part.equals(".")) {
            throw refused(text, "has an empty part or a \".\" in it; write it without");
        }
        if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw refused(text, "has a part of more than " + LONGEST_NAME + " bytes");
        }
        if (TemporaryName.is(part)) {
            throw refused(text, "has a name that is kept for temporary files");
        }
    }

    private static PathRefusedException refused(String text, String why) {
        return new PathRefusedException("path \"" + text + "\" " + why);
    }
}
