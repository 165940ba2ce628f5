package dev.homeostat.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The directory that can be run in place. It is also a home that somebody may be using: a build replaces what an earlier build wrote and removes what no
 * longer belongs there, and touches nothing else; a file of {@code conf/} that was edited stays as it is.
 */
final class Installation {
    private final Path root;
    private final Path record;
    private final FileTime time;

    /**
     * Looks at a directory, which need not exist.
     *
     * @param record the file that remembers what the last build wrote
     * @param time given to every file: a class cache knows jars by their time
     */
    Installation(Path root, Path record, FileTime time) {
        this.root = root;
        this.record = record;
        this.time = time;
    }

    /** Makes it hold that content. */
    void update(Content content) throws IOException {
        Map<String, String> before = readRecord();
        Map<String, String> now = new TreeMap<>();
        for (Map.Entry<String, Content.Entry> entry : content.entries().entrySet()) {
            now.put(entry.getKey(), Fingerprint.of(entry.getValue()));
        }
        for (String path : before.keySet()) {
            if (!now.containsKey(path) && !isEdited(path, before)) {
                Files.deleteIfExists(root.resolve(path));
            }
        }
        for (Map.Entry<String, Content.Entry> entry : content.entries().entrySet()) {
            String path = entry.getKey();
            if (entry.getValue() instanceof Content.Entry.Directory) {
                Files.createDirectories(root.resolve(path));
            } else if (!isEdited(path, before) && !isUpToDate(path, before, now)) {
                write(root.resolve(path), entry.getValue());
            }
        }
        writeRecord(now);
    }

    private boolean isUpToDate(String path, Map<String, String> before, Map<String, String> now) {
        return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)
                && Objects.equals(now.get(path), before.get(path));
    }

    private boolean isEdited(String path, Map<String, String> before) throws IOException {
        Path file = root.resolve(path);
        return path.startsWith("conf/")
                && Files.isRegularFile(file)
                && !Fingerprint.of(file).equals(before.get(path));
    }

    private void write(Path file, Content.Entry entry) throws IOException {
        Files.createDirectories(file.getParent());
        switch (entry) {
            case Content.Entry.Directory directory -> throw new IllegalArgumentException(file + " is a directory");
            case Content.Entry.Link link -> {
                Files.deleteIfExists(file);
                Files.createSymbolicLink(file, Path.of(link.target()));
            }
            case Content.Entry.Text text -> {
                Files.writeString(file, text.text());
                finish(file, false);
            }
            case Content.Entry.Copy copy -> {
                Files.copy(copy.source(), file, StandardCopyOption.REPLACE_EXISTING);
                finish(file, copy.executable());
            }
        }
    }

    private void finish(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(file, time);
    }

    private Map<String, String> readRecord() throws IOException {
        Map<String, String> entries = new TreeMap<>();
        if (Files.exists(record)) {
            for (String line : Files.readAllLines(record)) {
                int space = line.indexOf(' ');
                entries.put(line.substring(space + 1), line.substring(0, space));
            }
        }
        return entries;
    }

    private void writeRecord(Map<String, String> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach((path, fingerprint) ->
                text.append(fingerprint).append(' ').append(path).append('\n'));
        Files.writeString(record, text);
    }
}
