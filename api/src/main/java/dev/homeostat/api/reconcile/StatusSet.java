package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.api.tree.TreeForm;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of any number of reconcilers on one row, by their names. Immutable, with value semantics.
 *
 * <p>The set carries the generation: a name that is not in it is pending at that generation, so that a row needs not know its reconcilers. Who writes a row
 * marks what it desires with {@link #pending()}, or {@link #renewed()} to keep the names, and everyone has to work on it again.
 */
public final class StatusSet implements TreeForm {
    private static final StatusSet PENDING = new StatusSet(0, new String[0], new Status[0]);

    private final long generation;

    /** In their order; shared between sets, never changed. */
    private final String[] names;

    /** Those of the names. */
    private final Status[] statuses;

    private StatusSet(long generation, String[] names, Status[] statuses) {
        this.generation = generation;
        this.names = names;
        this.statuses = statuses;
    }

    /** Pending for everyone: the mark that who writes a row sets. Of no generation yet. */
    public static StatusSet pending() {
        return PENDING;
    }

    /**
     * A set of that generation.
     *
     * @param generation at least 0, where 0 is none
     */
    public static StatusSet of(long generation, Map<String, Status> statuses) {
        if (generation < 0) {
            throw new IllegalArgumentException("generation: must be at least 0, but was " + generation);
        }
        String[] names = statuses.keySet().toArray(new String[0]);
        Arrays.sort(names);
        Status[] sorted = new Status[names.length];
        for (int i = 0; i < names.length; i++) {
            sorted[i] = requireNonNull(statuses.get(checked(names[i])), names[i]);
        }
        return new StatusSet(generation, names, sorted);
    }

    /**
     * The set that a document describes: a mapping as {@link #toTree} makes it, or the text {@code pending}.
     *
     * @throws DocumentException if it describes none
     */
    public static StatusSet fromTree(Tree tree) {
        return StatusSetDocument.read(tree);
    }

    /** What a document says that does not name the statuses of a row: {@link #pending()}. */
    public static StatusSet whenLeftOut() {
        return PENDING;
    }

    @Override
    public Tree toTree() {
        return StatusSetDocument.write(this);
    }

    /** The generation of the names that are not in it; 0 while it is not stamped. */
    public long generation() {
        return generation;
    }

    /** The names that are in it, ordered. */
    public List<String> names() {
        return List.of(names);
    }

    /** The status of that name: pending when it is not in the set. */
    public Status get(String name) {
        int at = place(name);
        return at >= 0 ? statuses[at] : absent();
    }

    /** The same with that status under that name. */
    public StatusSet with(String name, Status status) {
        requireNonNull(status, "status");
        int at = place(name);
        if (at >= 0) {
            if (statuses[at].equals(status)) {
                return this;
            }
            Status[] changed = statuses.clone();
            changed[at] = status;
            return new StatusSet(generation, names, changed);
        }
        int before = -at - 1;
        String[] more = Arrays.copyOf(names, names.length + 1);
        Status[] moreStatuses = Arrays.copyOf(statuses, names.length + 1);
        System.arraycopy(names, before, more, before + 1, names.length - before);
        System.arraycopy(statuses, before, moreStatuses, before + 1, names.length - before);
        more[before] = checked(name);
        moreStatuses[before] = status;
        return new StatusSet(generation, more, moreStatuses);
    }

    /** The same without that name, which then is pending at the generation of the set. */
    public StatusSet without(String name) {
        int at = place(name);
        if (at < 0) {
            return this;
        }
        String[] fewer = new String[names.length - 1];
        Status[] fewerStatuses = new Status[names.length - 1];
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] = names[i < at ? i : i + 1];
            fewerStatuses[i] = statuses[i < at ? i : i + 1];
        }
        return new StatusSet(generation, fewer, fewerStatuses);
    }

    /** All of its names pending, of no generation yet: everyone has to work on the row again. */
    public StatusSet renewed() {
        Status[] renewed = new Status[names.length];
        Arrays.fill(renewed, Status.pending());
        return new StatusSet(0, names, renewed);
    }

    /** That name, and no other, is to be checked again, if it is done; one that is not done is worked on anyway. */
    public StatusSet refreshing(String name, Instant at) {
        Status status = get(name);
        return status.kind() == StatusKind.DONE ? with(name, Status.refreshing(status.generation(), at)) : this;
    }

    /** The same, with the set and each status of the generation that they have {@linkplain Status#generationAt at} that revision. */
    public StatusSet stampedAt(long revision) {
        long stamp = generationAt(generation, revision);
        Status @Nullable [] stamped = null;
        for (int i = 0; i < statuses.length; i++) {
            if (statuses[i].generationAt(revision) != statuses[i].generation()) {
                stamped = stamped == null ? statuses.clone() : stamped;
                stamped[i] = statuses[i].stampedAt(revision);
            }
        }
        return stamp == generation && stamped == null
                ? this
                : new StatusSet(stamp, names, stamped == null ? statuses : stamped);
    }

    /** The highest generation of the set and its statuses, in a row of that revision. */
    public long generationAt(long revision) {
        long highest = generationAt(generation, revision);
        for (Status status : statuses) {
            highest = Math.max(highest, status.generationAt(revision));
        }
        return highest;
    }

    /** For people: {@code Errored: a (no route), Pending: b, Done: c (3s ago)}; names of one kind stand side by side. */
    public String describe(Instant now) {
        return StatusSetText.of(this, requireNonNull(now, "now"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof StatusSet set
                        && generation == set.generation
                        && Arrays.equals(names, set.names)
                        && Arrays.equals(statuses, set.statuses));
    }

    @Override
    public int hashCode() {
        return (31 * Long.hashCode(generation) + Arrays.hashCode(names)) * 31 + Arrays.hashCode(statuses);
    }

    /** As {@link #describe}, without the ages. */
    @Override
    public String toString() {
        return StatusSetText.of(this, null);
    }

    /** Where the name is, or {@code -(where it belongs) - 1}. The few names of a row are found faster one by one than by halving. */
    private int place(String name) {
        for (int i = 0; i < names.length; i++) {
            int order = names[i].compareTo(name);
            if (order == 0) {
                return i;
            } else if (order > 0) {
                return -i - 1;
            }
        }
        return -names.length - 1;
    }

    private Status absent() {
        return generation == 0 ? Status.pending() : Status.pending(generation, Instant.EPOCH);
    }

    private static long generationAt(long generation, long revision) {
        return generation != 0 && generation <= revision ? generation : revision;
    }

    /** A name that a status may have. */
    static String checked(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a status in a set has the name of its reconciler, which is not empty");
        }
        return name;
    }
}
