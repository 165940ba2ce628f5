package dev.homeostat.host.pf4j;

import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.plugin.PluginRefusedException;
import dev.homeostat.host.verify.JarGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A plugin's private files: a copy of its jar, named after id and version because a module's name may come from a file's, and the jars that were nested in
 * it. The jar that the user dropped can be replaced or deleted at any time.
 *
 * @param directory holds all of it and nothing else
 * @param jar the copy
 * @param libraries what lay in {@code META-INF/lib}
 * @param packages the packages with classes in any of them
 * @param sha256 the sum of the copy
 */
record Bundle(Path directory, Path jar, List<Path> libraries, Set<String> packages, String sha256) {
    private static final String NESTED = "META-INF/lib/";
    private static final String API = "dev/homeostat/api/";

    /** Copies a jar into a new directory of its own, and unpacks what is nested in it, as far as the gate lets it in. */
    static Bundle copy(Path jar, Path into, String fileName, JarGate gate) throws IOException {
        Files.createDirectories(into);
        Path copy = into.resolve(fileName + ".jar");
        JarGate.Admission admission = gate.admit(jar, copy);
        Set<String> packages = new HashSet<>();
        List<Path> libraries = unpack(copy, into.resolve("lib"), packages);
        for (Path library : libraries) {
            admission.nested(NESTED + library.getFileName(), library);
            try (JarFile nested = new JarFile(library.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
                collectPackages(nested, NESTED + library.getFileName(), packages);
            } catch (IOException e) {
                throw new PluginRefusedException(
                        NESTED + library.getFileName() + " in it cannot be read as a jar: " + DiskReason.of(e), e);
            }
        }
        return new Bundle(into, copy, libraries, Set.copyOf(packages), admission.sha256());
    }

    /** The copy and the libraries. */
    List<Path> jars() {
        List<Path> all = new ArrayList<>(libraries.size() + 1);
        all.add(jar);
        all.addAll(libraries);
        return all;
    }

    /** Deletes a directory with all that is in it; does nothing when there is none. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private static List<Path> unpack(Path jar, Path into, Set<String> packages) throws IOException {
        List<Path> libraries = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
            collectPackages(file, "", packages);
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.startsWith(NESTED) && name.endsWith(".jar") && name.indexOf('/', NESTED.length()) < 0) {
                    Files.createDirectories(into);
                    Path library = into.resolve(name.substring(NESTED.length()));
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, library);
                    }
                    libraries.add(library);
                }
            }
        }
        return libraries;
    }

    private static void collectPackages(JarFile jar, String where, Set<String> packages) {
        jar.versionedStream().map(JarEntry::getName).filter(Bundle::isClass).forEach(name -> {
            if (name.startsWith(API)) {
                throw new PluginRefusedException(
                        "it bundles its own copy of the API (" + name + (where.isEmpty() ? "" : " in " + where)
                                + "), which would hide the host's",
                        "leave it out; in Maven, scope \"provided\"");
            }
            packages.add(name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.'));
        });
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(".class") && !entry.startsWith("META-INF/") && !entry.equals("module-info.class");
    }
}
