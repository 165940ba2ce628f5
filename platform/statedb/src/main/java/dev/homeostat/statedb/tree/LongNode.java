package dev.homeostat.statedb.tree;

import static java.util.Objects.requireNonNull;

import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link LongTrie}: up to 64 children, chosen by the six bits of the key at {@code shift}.
 *
 * <p>All keys below agree with {@code path} in the bits above those six. Up to 32 children lie side by side, found by counting the bits of {@code bitmap}
 * below theirs; from then on the array has 64 places and is indexed directly. Either way the array is in the order of the keys, with empty places to skip.
 */
public final class LongNode extends Watched {
    private static final int DIRECT = 64;
    private static final int MOST_PACKED = 32;

    final long owner;
    final int shift;
    final long path;
    private long bitmap;
    private @Nullable Watched[] children;

    LongNode(long owner, int shift, long path) {
        this.owner = owner;
        this.shift = shift;
        this.path = path;
        this.children = new Watched[2];
    }

    private LongNode(LongNode original, long owner) {
        this.owner = owner;
        this.shift = original.shift;
        this.path = original.path;
        this.bitmap = original.bitmap;
        this.children = original.children.clone();
    }

    /** This node if the edit made it, else a copy that the edit may change; the original is then noted as replaced. */
    LongNode ownedBy(Edit edit) {
        if (owner == edit.owner()) {
            return this;
        }
        edit.replaced(this);
        return new LongNode(this, edit.owner());
    }

    /** Whether a key belongs below this node. */
    boolean covers(long key) {
        return (key ^ path) >>> shift >>> 6 == 0;
    }

    int digit(long key) {
        return (int) (key >>> shift) & 63;
    }

    int count() {
        return Long.bitCount(bitmap);
    }

    /** Whether nothing is below: only a root can be so. */
    public boolean isEmpty() {
        return count() == 0;
    }

    /** The places of the children, in the order of their keys; some may be empty. Not to be changed. */
    @Nullable
    Watched[] places() {
        return children;
    }

    /** The place of the child with this digit, or of the next one after it. */
    int place(int digit) {
        return children.length == DIRECT ? digit : Long.bitCount(bitmap & ((1L << digit) - 1));
    }

    @Nullable
    Watched child(int digit) {
        @Nullable Watched[] array = children;
        if (array.length == DIRECT) {
            return array[digit];
        }
        long bit = 1L << digit;
        return (bitmap & bit) == 0 ? null : array[Long.bitCount(bitmap & (bit - 1))];
    }

    /** Puts another child in the place of one that is there. */
    void set(int digit, Watched child) {
        children[place(digit)] = child;
    }

    /** Adds a child where there is none. */
    void add(int digit, Watched child) {
        int count = count();
        if (children.length != DIRECT) {
            if (count == MOST_PACKED) {
                spread();
            } else {
                makeRoom(count, place(digit));
            }
        }
        bitmap |= 1L << digit;
        children[place(digit)] = child;
    }

    /** Removes the child that is there. */
    void remove(int digit) {
        int place = place(digit);
        if (children.length == DIRECT) {
            children[place] = null;
            bitmap &= ~(1L << digit);
            if (count() <= MOST_PACKED / 2) {
                pack();
            }
        } else {
            int count = count();
            System.arraycopy(children, place + 1, children, place, count - place - 1);
            children[count - 1] = null;
            bitmap &= ~(1L << digit);
        }
    }

    /** The only child but the one with this digit, of a node that has two. */
    Watched sibling(int digit) {
        int other = Long.numberOfTrailingZeros(bitmap & ~(1L << digit));
        return requireNonNull(child(other));
    }

    private void makeRoom(int count, int place) {
        @Nullable Watched[] source = children;
        if (count == source.length) {
            children = Arrays.copyOf(source, Math.min(MOST_PACKED, count + (count >> 1) + 1));
        }
        System.arraycopy(source, place, children, place + 1, count - place);
    }

    private void spread() {
        @Nullable Watched[] direct = new Watched[DIRECT];
        int from = 0;
        for (long rest = bitmap; rest != 0; rest &= rest - 1) {
            direct[Long.numberOfTrailingZeros(rest)] = children[from++];
        }
        children = direct;
    }

    private void pack() {
        @Nullable Watched[] packed = new Watched[count()];
        int to = 0;
        for (Watched child : children) {
            if (child != null) {
                packed[to++] = child;
            }
        }
        children = packed;
    }
}
