package dev.homeostat.host.handover;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.reconciler.Remembered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plugins that are stopped hand to those that are started in their place: the rows of their tables, and what their reconcilers remember.
 *
 * <p>Who starts takes nothing away: the same may be given to a new version and, when that fails, to the old one once more. Once the stop has ended, nothing in it is
 * of a class of a plugin that was stopped; it does hold the tables of other plugins that its reconcilers worked on, until it is closed. Safe for all threads.
 */
public final class Carried implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Carried.class);
    private static final Carried NOTHING = new Carried(false);

    private final boolean wanted;
    private final Map<String, CarriedTable> tables = new ConcurrentHashMap<>();

    /** The names of those that were made again. */
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    /** What was set aside of tables before they were made again the first time: a version that failed has changed it. */
    private final Map<String, List<RejectedRow>> earlier = new ConcurrentHashMap<>();

    /** What is deleted from them before their reconcilers follow them again, by a source that says something else now. */
    private final Map<String, Deletes<?>> since = new ConcurrentHashMap<>();

    /** By the full names of the reconcilers. */
    private final Map<String, CarriedNotes> notes = new ConcurrentHashMap<>();

    /** The same of those whose table is still there. */
    private final Map<String, LeftBehind<?>> left = new ConcurrentHashMap<>();

    private Carried(boolean wanted) {
        this.wanted = wanted;
    }

    /** For a stop that nobody goes on from, and a start from nothing: holds nothing, and takes nothing in. */
    public static Carried nothing() {
        return NOTHING;
    }

    /** For a stop that another version is to go on from. */
    public static Carried collecting() {
        return new Carried(true);
    }

    /** Whether what is stopped is to be handed over. */
    public boolean isWanted() {
        return wanted;
    }

    /**
     * Takes in what a reconciler left.
     *
     * @param since changes of its table, from before it stopped; is closed with this, or with the table
     */
    public <T> void reconcilerStopped(
            String fullName, Table<T> table, ChangeIterator<T> since, Remembered<T> remembered, Scheduler clock) {
        left.put(fullName, new LeftBehind<>(table, since, remembered, clock));
    }

    /**
     * Takes in a table, and lets go of it in what its reconcilers left.
     *
     * @param lack why it has no codec, if it has none
     * @param last the last that is in it
     */
    public <T> void tableRemoved(RowKeeping keeping, Table<T> table, String lack, ReadTxn last) {
        RowCodec<T> codec = table.spec().codec();
        if (codec == null) {
            forget(table, lack, last);
            return;
        }
        Instant now = keeping.now();
        tables.put(table.name(), CarriedTable.of(table, codec, keeping.owners(), last, now));
        left.forEach((name, one) -> {
            if (one.table().equals(table)) {
                @SuppressWarnings("unchecked") // the same table has the same rows
                LeftBehind<T> own = (LeftBehind<T>) one;
                notes.put(name, CarriedNotes.of(table.spec(), codec, own.asOf(last), now));
            }
        });
        letGo(table);
    }

    private <T> void forget(Table<T> table, String lack, ReadTxn last) {
        long rows = table.count(last);
        long deletes = left.values().stream()
                .filter(one -> one.table().equals(table))
                .mapToLong(one -> one.asOf(last).notes().stream()
                        .filter(note -> note.deleted() != null)
                        .count())
                .sum();
        if (rows + deletes > 0) {
            LOG.atWarn()
                    .addKeyValue("table", table.name())
                    .log(
                            "table \"{}\" has no codec: its {} rows{} are not carried over the reload ({}); give its"
                                    + " specification one with codec(…)",
                            table.name(),
                            rows,
                            deletes == 0 ? "" : ", and " + deletes + " deletes that are not done,",
                            lack);
        }
        letGo(table);
    }

    /** How many rows there are of a table. */
    public int rows(String table) {
        CarriedTable carried = tables.get(table);
        return carried == null ? 0 : carried.rows().size();
    }

    /** Holds nothing of that table any more, whatever came of it. */
    public void letGo(Table<?> table) {
        left.values().removeIf(one -> {
            boolean of = one.table().equals(table);
            if (of) {
                one.close();
            }
            return of;
        });
    }

    /** Makes a table: with the rows that were carried, as far as they fit, and those that were set aside and fit now; else empty. */
    public <T> RWTable<T> makeTable(RowKeeping keeping, CodecChoice<T> choice, List<String> initializers) {
        TableSpec<T> spec = choice.spec();
        CarriedTable carried = tables.get(spec.name());
        if (carried != null) {
            made.add(spec.name());
        }
        RowCodec<T> codec = spec.codec();
        if (codec == null) {
            if (carried != null) {
                LOG.atWarn()
                        .addKeyValue("table", spec.name())
                        .log(
                                "table \"{}\" has no codec any more: its {} rows are not carried over the reload ({})",
                                spec.name(),
                                carried.rows().size(),
                                choice.lack());
            }
            return keeping.database().create(spec, initializers.toArray(String[]::new));
        }
        TableRevival<T> revival = new TableRevival<>(keeping, spec, codec);
        RWTable<T> table = carried == null
                ? keeping.database().create(spec, initializers.toArray(String[]::new))
                : revival.restore(carried, initializers);
        if (carried != null) {
            follow(table);
        }
        revival.retry(table, earlier(spec.name(), keeping.rejected()));
        keeping.rejected().set(spec.name(), revival.rejected());
        revival.tell();
        return table;
    }

    private void follow(RWTable<?> table) {
        Deletes<?> before = since.put(table.name(), new Deletes<>(table.changes()));
        if (before != null) {
            before.close();
        }
    }

    private List<RejectedRow> earlier(String table, RejectedRows rejected) {
        return wanted ? earlier.computeIfAbsent(table, rejected::of) : rejected.of(table);
    }

    /** What the reconciler of that name left that worked on that table, or on the one before it; nothing if there was none. */
    public <T> Remembered<T> left(RowKeeping keeping, String fullName, Table<T> table) {
        LeftBehind<?> behind = left.get(fullName);
        if (behind != null && behind.table().equals(table)) {
            @SuppressWarnings("unchecked") // the same table has the same rows
            Remembered<T> remembered =
                    (Remembered<T>) behind.asOf(keeping.database().readTxn());
            return remembered;
        }
        CarriedNotes carried = notes.get(fullName);
        RowCodec<T> codec = table.spec().codec();
        if (carried == null || codec == null) {
            return Remembered.nothing();
        }
        TableRevival<T> revival = new TableRevival<>(keeping, table.spec(), codec);
        Remembered<T> remembered = carried.revived(table.spec(), revival, keeping.now());
        if (!revival.rejected().isEmpty()) {
            List<RejectedRow> all = new ArrayList<>(keeping.rejected().of(table.name()));
            all.addAll(revival.rejected());
            keeping.rejected().set(table.name(), all);
            revival.tell();
        }
        @SuppressWarnings("unchecked") // the table of that name was made by makeTable(…)
        Deletes<T> deletes = (Deletes<T>) since.get(table.name());
        return deletes == null
                ? remembered
                : remembered.with(deletes.asOf(keeping.database().readTxn()), keeping.clock());
    }

    /**
     * Sets all rows aside whose tables nobody has made: neither the new version runs nor the old one. They come back when their tables do, from whatever jar.
     *
     * @param why what keeps them from going on, for people
     */
    public void setAside(RowKeeping keeping, String why) {
        tables.forEach((name, table) -> {
            if (keeping.database().table(name) == null) {
                List<RejectedRow> all = new ArrayList<>(earlier(name, keeping.rejected()));
                all.addAll(table.setAside(why, keeping.now()));
                notes.values().stream()
                        .filter(left -> left.table().equals(name))
                        .forEach(left -> all.addAll(left.setAside(why, keeping.now())));
                keeping.rejected().set(name, all);
                made.add(name);
                LOG.atWarn()
                        .addKeyValue("table", name)
                        .log(
                                "table \"{}\": {} rows are set aside until it is there again (\"homeostat db"
                                        + " rejected\" lists them): {}",
                                name,
                                all.size(),
                                why);
            }
        });
    }

    /** Nobody goes on from here any more: lets go of all. */
    @Override
    public void close() {
        tables.forEach((name, table) -> {
            if (!table.rows().isEmpty() && !made.contains(name)) {
                LOG.atWarn()
                        .addKeyValue("table", name)
                        .log(
                                "table \"{}\" is not there any more after the reload: its {} rows are gone",
                                name,
                                table.rows().size());
            }
        });
        left.values().forEach(LeftBehind::close);
        left.clear();
        since.values().forEach(Deletes::close);
        since.clear();
        notes.clear();
        tables.clear();
    }
}
