package dev.homeostat.host.handover;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.disk.DurableFile;
import dev.homeostat.host.tree.JsonWriter;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.RowOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that did not fit when their table's plugin was replaced: in memory, and in a file for each table in {@code data/rejected}, so that a restart does not lose
 * them. Safe for all threads.
 */
public final class RejectedRows {
    /** Where they are, relative to the home. */
    public static final String DIRECTORY = "data/rejected";

    private static final Logger LOG = LoggerFactory.getLogger(RejectedRows.class);
    private static final String SUFFIX = ".json";
    private static final RecordCodec<Kept> CODEC = RecordCodec.of(MethodHandles.lookup(), Kept.class);

    private final Path directory;

    /** By table. Written under this lock, read without. */
    private final SortedMap<String, List<RejectedRow>> rows = new ConcurrentSkipListMap<>();

    /** What a file holds. */
    record Kept(List<RejectedRow> rows) {}

    /** Those of that home. A file that cannot be read is renamed, and said in the log. */
    public RejectedRows(Path home) {
        this.directory = home.resolve(DIRECTORY);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().forEach(this::read);
            } catch (IOException | UncheckedIOException e) {
                LOG.error("the rows that were set aside in {} cannot be read", DIRECTORY, e);
            }
        }
    }

    private void read(Path file) {
        String name = file.getFileName().toString();
        try {
            List<Tree> documents = YamlReader.ofOwnFiles().read(DIRECTORY + "/" + name, Files.readString(file));
            Kept kept = CODEC.decode(PlainTree.of(documents.getFirst()));
            rows.put(name.substring(0, name.length() - SUFFIX.length()), kept.rows());
        } catch (IOException | RuntimeException e) { // the file may hold anything
            Path aside = file.resolveSibling(name + ".unreadable");
            LOG.error("the rows that were set aside in {} cannot be read; the file is {} now", name, aside, e);
            try {
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException again) {
                LOG.error("{} cannot be renamed", file, again);
            }
        }
    }

    /** All, ordered by table, and then as they were set aside. */
    public List<RejectedRow> all() {
        return rows.values().stream().flatMap(List::stream).toList();
    }

    /** How many there are. */
    public long count() {
        return rows.values().stream().mapToLong(List::size).sum();
    }

    /** The first of {@link #all}. */
    public List<RejectedRow> first(int most) {
        return rows.values().stream().flatMap(List::stream).limit(most).toList();
    }

    /** Those of one table. */
    public List<RejectedRow> of(String table) {
        return rows.getOrDefault(table, List.of());
    }

    /** From now on these are those of that table, on the disk too; if that cannot be written, that is said in the log. */
    public synchronized void set(String table, List<RejectedRow> given) {
        List<RejectedRow> newRows = eachOnce(given);
        if (newRows.equals(of(table))) {
            return;
        }
        Path file = directory.resolve(table + SUFFIX);
        try {
            if (newRows.isEmpty()) {
                rows.remove(table);
                Files.deleteIfExists(file);
            } else {
                rows.put(table, newRows);
                Files.createDirectories(directory);
                DurableFile.write(file, JsonWriter.ascii().write(CODEC.encode(new Kept(newRows))) + "\n");
            }
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("table", table)
                    .log(
                            "table \"{}\": what rows were set aside cannot be written to {}, and is known until the"
                                    + " host stops",
                            table,
                            file,
                            e);
        }
    }

    /** A row that is refused by a version, and once more by the next one, is one row, known since the first time. */
    private static List<RejectedRow> eachOnce(List<RejectedRow> rows) {
        Map<List<Object>, RejectedRow> distinct = new LinkedHashMap<>();
        for (RejectedRow row : rows) {
            distinct.merge(
                    List.of(row.key(), row.document(), row.deleted()),
                    row,
                    (one, other) -> other.since().isBefore(one.since()) ? other : one);
        }
        return List.copyOf(distinct.values());
    }

    /**
     * Why prunes of that table are to be held: rows of it are set aside that somebody desires all the same, and no row that is there says so. Null when there is none.
     */
    public @Nullable String holdsPrunes(Table<?> table, ReadTxn txn) {
        List<RejectedRow> desired = of(table.name()).stream()
                .filter(row -> !row.deleted() && !isThere(table, txn, row.key()))
                .toList();
        return desired.isEmpty()
                ? null
                : desired.size() + " row(s) of table \"" + table.name() + "\" are set aside, such as \""
                        + desired.getFirst().key()
                        + "\", and what they ask for may be among it; \"homeostat db rejected "
                        + table.name() + "\" lists them: have them fit, or forget them, and prune again";
    }

    private static <T> boolean isThere(Table<T> table, ReadTxn txn, String key) {
        try {
            return table.get(txn, table.spec().lookup(table.spec().parseKey(key))) != null;
        } catch (RuntimeException
                | LinkageError
                | StackOverflowError
                | AssertionError e) { // the key type may be a plugin's code
            return false;
        }
    }

    /** Forgets those that a source brought of which it is known what it wants in that table: it wants them no more, or has brought them again. */
    public synchronized void forgetSettled(BiPredicate<String, RowOwner> settled) {
        rows.forEach((table, present) -> {
            List<RejectedRow> others = present.stream()
                    .filter(row -> row.owner() == null || !settled.test(table, row.owner()))
                    .toList();
            if (others.size() < present.size()) {
                set(table, others);
                LOG.atInfo()
                        .addKeyValue("table", table)
                        .log(
                                "table \"{}\": {} rows that were set aside are forgotten, for their sources say anew"
                                        + " what is there",
                                table,
                                present.size() - others.size());
            }
        });
    }

    /**
     * Forgets one, for good.
     *
     * @return how many there were of that key
     */
    public synchronized int forget(String table, String key) {
        List<RejectedRow> present = of(table);
        List<RejectedRow> others =
                present.stream().filter(row -> !row.key().equals(key)).toList();
        set(table, others);
        return present.size() - others.size();
    }
}
