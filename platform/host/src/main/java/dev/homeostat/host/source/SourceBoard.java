package dev.homeostat.host.source;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.ScanReport;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.host.view.RowOwner;
import dev.homeostat.host.view.RowWriter;
import dev.homeostat.host.view.SourceView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what sources want into the tables that accept sources: decodes it, remembers the owner of each row, keeps the last good version of each unit, and
 * completes the tables' initializers.
 *
 * <p>Whatever happens (a scan, a table that comes or goes), the board does the same: it decides for each unit which of its versions is in force, and then
 * {@linkplain Settlement settles} what all sources want against what is in the tables, in one transaction.
 *
 * <p>Safe for all threads. One lock guards all of it, and is held while tables are written: whoever holds a table's lock must not call what changes the board
 * ({@link #tableAdded}, {@link #tableRemoved}, {@link #register}, {@link #unregister}, a feed). {@link #view}, {@link #owner} and {@link #initializersFor}
 * take no lock.
 */
public final class SourceBoard {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_\\-]{0,30}");

    private final ReentrantLock lock = new ReentrantLock();
    private final Database database;
    private final InstantSource clock;
    private final Path directory;
    private final Set<String> configured;
    private final Set<String> ignored;
    private final BoardTables tables;
    private final Owners owners = new Owners();
    private final SortedMap<String, SourceState> sources = new TreeMap<>();

    private Consumer<BiPredicate<String, RowOwner>> settled = known -> {}; // guarded by the lock

    private volatile List<String> expected = List.of();
    private volatile Set<String> present = Set.of();
    private volatile List<SourceView> view = List.of();

    /**
     * A board without sources.
     *
     * @param clock for what people see
     * @param dataDir the home's data directory; the board keeps its files in {@code sources} below it
     * @param expected names of the sources that each table waits for before it counts as initialized ({@code sources} in the configuration)
     * @param ignored names of sources that nobody waits for any more, even if they fed this home before ({@code sources-ignored})
     * @throws java.io.UncheckedIOException if the data directory cannot be read
     */
    public SourceBoard(
            Database database, InstantSource clock, Path dataDir, List<String> expected, List<String> ignored) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.directory = dataDir.resolve("sources");
        this.configured = Set.copyOf(expected);
        this.ignored = Set.copyOf(ignored);
        this.tables = new BoardTables(database);
        Set<String> known = new TreeSet<>(configured);
        known.addAll(LastGoodStore.sources(directory));
        known.removeAll(this.ignored);
        known.forEach(this::state);
        publish();
    }

    /** The initializers that a table is to be created with: one for each expected source where the table accepts sources, else none. */
    public List<String> initializersFor(TableSpec<?> spec) {
        return spec.acceptsSources()
                ? expected.stream().map(SourceBoard::initializer).toList()
                : List.of();
    }

    /** A table was created, with {@linkplain #initializersFor its initializers}. What sources already want in it is written before this returns. */
    public void tableAdded(RWTable<?> table) {
        if (table.spec().acceptsSources()) {
            changing(() -> {
                tables.add(table);
                tablesChanged();
            });
        }
    }

    /** A table is about to be removed, or was; units that want rows in it wait until it comes again. */
    public void tableRemoved(String table) {
        changing(() -> {
            tables.remove(table);
            tablesChanged();
        });
    }

    /**
     * A plugin's source begins.
     *
     * @throws IllegalArgumentException if the name is not one, or another plugin's source has it; names both
     */
    public SourceFeed register(String source, String plugin) {
        if (!NAME.matcher(source).matches()) {
            throw new IllegalArgumentException("source \"" + source + "\": a name matches ^" + NAME + "$");
        }
        if (source.equals(RowOwner.COMMAND.source())) {
            throw new IllegalArgumentException(
                    "source \"" + source + "\": what people insert by command is called so; choose another name");
        }
        BoardFeed feed = new BoardFeed(this, source, plugin);
        changing(() -> {
            SourceState state = state(source);
            BoardFeed other = state.feed();
            if (other != null) {
                throw new IllegalArgumentException("source \"" + source + "\" of plugin \"" + plugin
                        + "\" is refused: plugin \"" + other.plugin() + "\" contributes a source of that name");
            }
            state.begin(feed);
        });
        return feed;
    }

    /** A source ended. Its rows stay, and another source may take them over; its feed answers {@link IllegalStateException} from now on. */
    public void unregister(String source) {
        changing(() -> {
            SourceState state = sources.get(source);
            if (state != null) {
                state.end();
                settle();
            }
        });
    }

    /** All sources that are expected or were seen, ordered by name. */
    public List<SourceView> view() {
        return view;
    }

    /** Writes rows at the command of people, beside what sources want. */
    public RowWriter writer() {
        return new CommandedRows(this, database, tables, owners);
    }

    /** Which source wants that row; empty when none does, or only one that ended, or a command does. */
    public Optional<RowOwner> owner(String table, Key key) {
        return Optional.ofNullable(owners.get(table, key)).filter(owner -> present.contains(owner.source()));
    }

    /** Who wants that row, or did before its source ended or its table went; null when nobody did. */
    public @Nullable RowOwner remembered(String table, Key key) {
        return owners.get(table, key);
    }

    /**
     * A row of a table that is not added yet is one that this owner wanted, before it was set aside or the host was started again. When the owner's source speaks and does
     * not want it, it is deleted.
     */
    public void back(String table, Key key, RowOwner owner) {
        changing(() -> owners.put(table, key, owner));
    }

    /**
     * After each change the listener is told of which owners it is known what they want in which table, and that it is there. Called under the board's lock: must
     * return soon, and not call the board.
     */
    public void listen(Consumer<BiPredicate<String, RowOwner>> listener) {
        changing(() -> settled = requireNonNull(listener, "listener"));
    }

    private boolean isSettled(String table, RowOwner owner) {
        SourceState source = sources.get(owner.source());
        return source != null && source.speaks() && !source.isFrozen(owner.unit()) && tables.find(table) != null;
    }

    /** The name of the initializer that a source completes. */
    static String initializer(String source) {
        return "source " + source;
    }

    ScanReport apply(BoardFeed feed, Scan scan) {
        List<ScanReport> report = new ArrayList<>(1);
        changing(() -> {
            SourceState state = speaking(feed);
            state.scan(scan, tables);
            Settlement settlement = settle();
            state.keep();
            report.add(new ScanReport(
                    settlement.written(), settlement.deleted(), state.problems(), List.copyOf(state.waiting())));
        });
        return report.getFirst();
    }

    void unavailable(BoardFeed feed, String reason) {
        changing(() -> speaking(feed).unavailable(reason, clock.instant()));
    }

    private SourceState speaking(BoardFeed feed) {
        SourceState state = state(feed.source());
        if (state.feed() != feed) {
            throw new IllegalStateException("source \"" + feed.source() + "\" of plugin \"" + feed.plugin()
                    + "\" has ended: its feed cannot be used any more");
        }
        return state;
    }

    private SourceState state(String source) {
        return sources.computeIfAbsent(
                source, name -> new SourceState(name, new LastGoodStore(LastGoodStore.directory(directory, name))));
    }

    private void tablesChanged() {
        sources.values().forEach(source -> source.evaluate(tables));
        settle();
        sources.values().stream().filter(SourceState::speaks).forEach(SourceState::keep);
    }

    private Settlement settle() {
        while (true) {
            Settlement settlement = new Settlement(tables.all(), sources, owners);
            try {
                settlement.run(database);
                settled.accept(this::isSettled);
                return settlement;
            } catch (TableRemovedException e) {
                if (!tables.forgetRemoved()) {
                    throw e;
                }
                sources.values().forEach(source -> source.evaluate(tables));
            }
        }
    }

    /** Tries again what was refused to sources; nothing where nothing was. Under the lock. */
    void settleRefused() {
        if (sources.values().stream().anyMatch(SourceState::isRefusedAny)) {
            settle();
        }
    }

    private void changing(Runnable change) {
        changing(() -> {
            change.run();
            return null;
        });
    }

    /** Does it under the lock, and shows what came of it. */
    <R extends @Nullable Object> R changing(Supplier<R> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            publish();
            lock.unlock();
        }
    }

    private void publish() {
        Set<String> waitedFor = new TreeSet<>(configured);
        sources.values().stream()
                .filter(SourceState::fed)
                .map(SourceState::name)
                .forEach(waitedFor::add);
        waitedFor.removeAll(ignored);
        expected = List.copyOf(waitedFor);
        present = sources.values().stream()
                .filter(source -> source.feed() != null)
                .map(SourceState::name)
                .collect(Collectors.toUnmodifiableSet());
        Instant now = clock.instant();
        Map<String, SourceView> before = view.stream().collect(Collectors.toMap(SourceView::name, Function.identity()));
        view = sources.values().stream()
                .map(source -> SourceViews.of(
                        source,
                        owners.count(source.name()),
                        waitedFor.contains(source.name()),
                        configured.contains(source.name()),
                        tables,
                        now,
                        before.get(source.name())))
                .toList();
    }
}
