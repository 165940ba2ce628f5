package dev.homeostat.statedb.tree;

import static java.util.Objects.requireNonNull;

import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent vector over revisions: dense blocks of 64 places in a tree of 64-way nodes, and the block of the newest revisions, the tail, beside it.
 *
 * <p>Revisions are stored in ascending order and removed in any. A write to the newest block touches no tree; a block that is full goes into the tree unless all
 * of it was removed meanwhile, and blocks that become empty are dropped, so that a row that is replaced over and over leaves nothing behind. Only this
 * object is watched, not its blocks: it is replaced by every commit that changes the table.
 */
public final class RevisionVector extends Watched {
    private static final int BITS = 6;
    private static final int WIDTH = 1 << BITS;
    private static final int MASK = WIDTH - 1;

    private final long owner;
    private long count;
    private @Nullable Block root;
    private int rootShift;
    private long tailBase;
    private @Nullable Block tail;

    private RevisionVector(long owner) {
        this.owner = owner;
    }

    /** Nothing stored. */
    public static RevisionVector empty(long owner) {
        return new RevisionVector(owner);
    }

    /** The number of things that are stored. */
    public long count() {
        return count;
    }

    /** The number of things that are stored at or above that revision; counted by blocks. */
    public long countFrom(long revision) {
        long from = Math.max(revision, 0);
        if (from == 0) {
            return count;
        }
        long found = root == null || from >>> rootShift >>> BITS != 0 ? 0 : countFrom(root, rootShift, from);
        if (tail == null || from > (tailBase | MASK)) {
            return found;
        }
        return found + (from <= tailBase ? tail.live : tail.liveFrom((int) from & MASK));
    }

    /** Stores something at a revision above all that were ever stored here, and gives the new vector. */
    public RevisionVector append(long revision, Object value, Edit edit) {
        RevisionVector vector = ownedBy(edit);
        long base = revision & ~MASK;
        if (vector.tail == null || base != vector.tailBase) {
            vector.pushTail(edit);
            vector.tailBase = base;
            vector.tail = new Block(edit.owner(), 8);
        }
        Block block = requireNonNull(vector.tail).ownedBy(edit);
        vector.tail = block;
        block.set((int) revision & MASK, value);
        vector.count++;
        return vector;
    }

    /** Removes what is stored at that revision, which must be something, and gives the new vector. */
    public RevisionVector remove(long revision, Edit edit) {
        RevisionVector vector = ownedBy(edit);
        vector.count--;
        if (vector.tail != null && (revision & ~MASK) == vector.tailBase) {
            Block block = vector.tail.ownedBy(edit);
            vector.tail = block;
            block.clear((int) revision & MASK);
        } else {
            vector.root = without(requireNonNull(vector.root), vector.rootShift, revision, edit);
        }
        return vector;
    }

    /** What is stored at that revision, or null. */
    public @Nullable Object get(long revision) {
        @Nullable Object @Nullable [] places = blockOf(revision);
        int place = (int) revision & MASK;
        return places != null && place < places.length ? places[place] : null;
    }

    /** The smallest revision at or above the given one at which something is stored, or -1. */
    public long ceiling(long revision) {
        long from = Math.max(revision, 0);
        if (root != null && from >>> rootShift >>> BITS == 0) {
            long found = ceiling(root, rootShift, from);
            if (found >= 0) {
                return found;
            }
        }
        if (tail == null || from > (tailBase | MASK)) {
            return -1;
        }
        int place = tail.next(from <= tailBase ? 0 : (int) from & MASK);
        return place < 0 ? -1 : tailBase | place;
    }

    /** The block of 64 places to which that revision belongs, or null where it is empty: for going through all of it. Not to be changed. */
    @Nullable
    Object @Nullable [] blockOf(long revision) {
        if (tail != null && (revision & ~MASK) == tailBase) {
            return tail.places;
        }
        Block block = root;
        if (block == null || revision >>> rootShift >>> BITS != 0) {
            return null;
        }
        for (int shift = rootShift; shift > 0; shift -= BITS) {
            if (!(block.get((int) (revision >>> shift) & MASK) instanceof Block lower)) {
                return null;
            }
            block = lower;
        }
        return block.places;
    }

    private RevisionVector ownedBy(Edit edit) {
        if (owner == edit.owner()) {
            return this;
        }
        edit.replaced(this);
        RevisionVector copy = new RevisionVector(edit.owner());
        copy.count = count;
        copy.root = root;
        copy.rootShift = rootShift;
        copy.tailBase = tailBase;
        copy.tail = tail;
        return copy;
    }

    private void pushTail(Edit edit) {
        Block full = tail;
        if (full == null || full.live == 0) {
            return;
        }
        if (root == null) {
            root = full;
            rootShift = 0;
            if (tailBase == 0) {
                return;
            }
            root = null;
            rootShift = BITS;
        }
        Block top = root;
        while (tailBase >>> rootShift >>> BITS != 0) {
            if (top != null) {
                Block higher = new Block(edit.owner(), 8);
                higher.set(0, top);
                top = higher;
            }
            rootShift += BITS;
        }
        root = with(top, rootShift, tailBase, full, edit);
    }

    private static Block with(@Nullable Block node, int shift, long base, Block leaf, Edit edit) {
        if (shift == 0) {
            return leaf;
        }
        Block owned = node == null ? new Block(edit.owner(), 8) : node.ownedBy(edit);
        int place = (int) (base >>> shift) & MASK;
        owned.set(place, with((Block) owned.get(place), shift - BITS, base, leaf, edit));
        return owned;
    }

    private static @Nullable Block without(Block node, int shift, long revision, Edit edit) {
        int place = (int) (revision >>> shift) & MASK;
        if (shift > 0) {
            Block lower = without((Block) requireNonNull(node.get(place)), shift - BITS, revision, edit);
            if (lower != null) {
                if (lower == node.get(place)) {
                    return node;
                }
                Block owned = node.ownedBy(edit);
                owned.set(place, lower);
                return owned;
            }
        }
        if (node.live == 1) {
            return null;
        }
        Block owned = node.ownedBy(edit);
        owned.clear(place);
        return owned;
    }

    private static long ceiling(Block node, int shift, long from) {
        int first = (int) (from >>> shift) & MASK;
        for (int place = node.next(first); place >= 0; place = node.next(place + 1)) {
            if (shift == 0) {
                return (from & ~(long) MASK) | place;
            }
            long base = (from >>> shift >>> BITS << BITS | place) << shift;
            long found = ceiling((Block) requireNonNull(node.get(place)), shift - BITS, Math.max(base, from));
            if (found >= 0) {
                return found;
            }
        }
        return -1;
    }

    /** Of a node all of whose places are at or above that revision but for those on the path to it. */
    private static long countFrom(Block node, int shift, long from) {
        int first = (int) (from >>> shift) & MASK;
        if (shift == 0) {
            return node.liveFrom(first);
        }
        long found = 0;
        for (int place = node.next(first); place >= 0; place = node.next(place + 1)) {
            Block lower = (Block) requireNonNull(node.get(place));
            found += place == first ? countFrom(lower, shift - BITS, from) : countAll(lower, shift - BITS);
        }
        return found;
    }

    private static long countAll(Block node, int shift) {
        if (shift == 0) {
            return node.live;
        }
        long found = 0;
        for (int place = node.next(0); place >= 0; place = node.next(place + 1)) {
            found += countAll((Block) requireNonNull(node.get(place)), shift - BITS);
        }
        return found;
    }

    /** Places side by side, at most 64; the array grows as far as it is used. */
    private static final class Block {
        private final long owner;
        private int live;
        private @Nullable Object[] places;

        Block(long owner, int size) {
            this.owner = owner;
            this.places = new Object[size];
        }

        Block ownedBy(Edit edit) {
            if (owner == edit.owner()) {
                return this;
            }
            Block copy = new Block(edit.owner(), 0);
            copy.live = live;
            copy.places = places.clone();
            return copy;
        }

        @Nullable
        Object get(int place) {
            return place < places.length ? places[place] : null;
        }

        void set(int place, Object value) {
            if (place >= places.length) {
                places = Arrays.copyOf(places, Math.min(WIDTH, Math.max(places.length * 2, place + 1)));
            }
            if (places[place] == null) {
                live++;
            }
            places[place] = value;
        }

        void clear(int place) {
            places[place] = null;
            live--;
        }

        int liveFrom(int place) {
            int found = 0;
            for (int next = next(place); next >= 0; next = next(next + 1)) {
                found++;
            }
            return found;
        }

        /** The first used place from that one on, or -1. */
        int next(int from) {
            for (int place = from; place < places.length; place++) {
                if (places[place] != null) {
                    return place;
                }
            }
            return -1;
        }
    }
}
