package dev.homeostat.plants;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A bug that is planted in the production code: in one source file, one piece of text gives way to another, or several where the code is sure twice. White space
 * in the text stands for any white space, so that a plant survives the formatter.
 *
 * @param bug what is wrong afterwards, in a few words
 * @param source the file
 */
public record Plant(String bug, Path source, List<Edit> edits) {
    /**
     * One piece of text gives way to another.
     *
     * @param sound the text as it is; it must occur exactly once
     * @param broken the text in its place
     */
    public record Edit(String sound, String broken) {}

    private static final Path PLATFORM = Path.of("..").toAbsolutePath().normalize();
    private static final Path STATEDB = PLATFORM.resolve("statedb/src/main/java/dev/homeostat/statedb");
    private static final Path RECONCILER = PLATFORM.resolve("reconciler/src/main/java/dev/homeostat/reconciler");
    private static final Path API = PLATFORM.resolveSibling("api/src/main/java/dev/homeostat/api");

    public Plant {
        edits = List.copyOf(edits);
    }

    /** A plant of one edit. */
    public Plant(String bug, Path source, String sound, String broken) {
        this(bug, source, List.of(new Edit(sound, broken)));
    }

    /** The same with another edit. */
    public Plant also(String sound, String broken) {
        List<Edit> more = new ArrayList<>(edits);
        more.add(new Edit(sound, broken));
        return new Plant(bug, source, more);
    }

    /** In a file of the state database, such as {@code engine/Root.java}. */
    public static Plant inStatedb(String file, String bug, String sound, String broken) {
        return new Plant(bug, STATEDB.resolve(file), sound, broken);
    }

    /** In a file of the reconciler, such as {@code Removals.java}. */
    public static Plant inReconciler(String file, String bug, String sound, String broken) {
        return new Plant(bug, RECONCILER.resolve(file), sound, broken);
    }

    /** In a file of the API, such as {@code db/WatchSet.java}. */
    public static Plant inApi(String file, String bug, String sound, String broken) {
        return new Plant(bug, API.resolve(file), sound, broken);
    }

    /** The text of the file with the bug in it. */
    public String planted() throws IOException {
        String text = Files.readString(source);
        for (Edit edit : edits) {
            text = planted(text, edit);
        }
        return text;
    }

    private String planted(String text, Edit edit) {
        Pattern pattern = Pattern.compile(Arrays.stream(edit.sound().strip().split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+")));
        List<MatchResult> places = pattern.matcher(text).results().toList();
        if (places.size() != 1) {
            throw new IllegalStateException("the plant \"" + bug + "\" needs care: its text occurs " + places.size()
                    + " times in " + source + ", and must occur once:\n" + edit.sound()
                    + "\nFind what does its work now, and plant the bug there");
        }
        MatchResult place = places.getFirst();
        return text.substring(0, place.start()) + edit.broken() + text.substring(place.end());
    }

    /**
     * Compiles the file with the bug in it into a directory, which belongs in front of the class path.
     *
     * @throws IllegalStateException if the text is not there, or the planted file does not compile: the plant needs care
     */
    public void compile(Path directory) throws IOException {
        Path file = directory.resolve("source").resolve(source.getFileName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, planted());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-classpath", PlantedClasses.productionPath(), "-d", directory + "");
            if (!compiler.getTask(complaints, files, null, options, null, files.getJavaFileObjects(file))
                    .call()) {
                throw new IllegalStateException(
                        "the plant \"" + bug + "\" needs care: it does not compile:\n" + complaints);
            }
        }
    }

    @Override
    public String toString() {
        return bug;
    }
}
