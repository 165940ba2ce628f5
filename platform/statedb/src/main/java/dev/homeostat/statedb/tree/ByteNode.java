package dev.homeostat.statedb.tree;

import static java.util.Objects.requireNonNull;

import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link ByteTrie}: up to 256 children, chosen by the byte of the key at {@code depth}, and the leaf whose key ends there.
 *
 * <p>All keys below agree in their first {@code depth} bytes, which are also those of {@code sample}: the key of some row that is or was below. No node
 * stores a piece of a key. Up to 128 children lie side by side, found by counting the bits below theirs in a bitmap of four words; from then on the array has
 * 256 places and is indexed directly. Either way the array is in the order of the keys, with empty places to skip.
 */
public final class ByteNode extends Watched {
    private static final int DIRECT = 256;
    private static final int MOST_PACKED = 128;

    final long owner;
    final int depth;
    final byte[] sample;
    private @Nullable ByteLeaf ending;
    private long bits0;
    private long bits1;
    private long bits2;
    private long bits3;
    private @Nullable Watched[] children;

    ByteNode(long owner, int depth, byte[] sample) {
        this.owner = owner;
        this.depth = depth;
        this.sample = sample;
        this.children = new Watched[2];
    }

    private ByteNode(ByteNode original, long owner) {
        this.owner = owner;
        this.depth = original.depth;
        this.sample = original.sample;
        this.ending = original.ending;
        this.bits0 = original.bits0;
        this.bits1 = original.bits1;
        this.bits2 = original.bits2;
        this.bits3 = original.bits3;
        this.children = original.children.clone();
    }

    /** This node if the edit made it, else a copy that the edit may change; the original is then noted as replaced. */
    ByteNode ownedBy(Edit edit) {
        if (owner == edit.owner()) {
            return this;
        }
        edit.replaced(this);
        return new ByteNode(this, edit.owner());
    }

    /** The leaf whose key ends at this node's depth. */
    @Nullable
    ByteLeaf ending() {
        return ending;
    }

    void ending(@Nullable ByteLeaf leaf) {
        ending = leaf;
    }

    /** The number of children and of the leaf that ends here. */
    int count() {
        return childCount() + (ending == null ? 0 : 1);
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

    /** The place of the child with this byte, or of the next one after it. */
    int place(int digit) {
        return children.length == DIRECT ? digit : rank(digit);
    }

    @Nullable
    Watched child(int digit) {
        @Nullable Watched[] array = children;
        if (array.length == DIRECT) {
            return array[digit];
        }
        return (word(digit) >>> digit & 1) == 0 ? null : array[rank(digit)];
    }

    /** Puts another child in the place of one that is there. */
    void set(int digit, Watched child) {
        children[place(digit)] = child;
    }

    /** Adds a child where there is none. */
    void add(int digit, Watched child) {
        if (children.length != DIRECT) {
            int count = childCount();
            if (count == MOST_PACKED) {
                spread();
            } else {
                makeRoom(count, rank(digit));
            }
        }
        flip(digit);
        children[place(digit)] = child;
    }

    /** Removes the child that is there. */
    void remove(int digit) {
        int place = place(digit);
        flip(digit);
        int count = childCount();
        if (children.length == DIRECT) {
            children[place] = null;
            if (count <= MOST_PACKED / 2) {
                pack(count);
            }
        } else {
            System.arraycopy(children, place + 1, children, place, count - place);
            children[count] = null;
        }
    }

    /** What remains of a node that holds two things when the child with this byte, or for -1 the leaf that ends here, is gone. */
    Watched sibling(int digit) {
        if (digit >= 0 && ending != null) {
            return ending;
        }
        int gone = digit < 0 ? -1 : place(digit);
        for (int place = 0; place < children.length; place++) {
            Watched child = children[place];
            if (child != null && place != gone) {
                return child;
            }
        }
        throw new AssertionError("a node that is not the root holds two things or more");
    }

    private int childCount() {
        return Long.bitCount(bits0) + Long.bitCount(bits1) + Long.bitCount(bits2) + Long.bitCount(bits3);
    }

    private long word(int digit) {
        return switch (digit >> 6) {
            case 0 -> bits0;
            case 1 -> bits1;
            case 2 -> bits2;
            default -> bits3;
        };
    }

    private int rank(int digit) {
        long below = (1L << digit) - 1;
        return switch (digit >> 6) {
            case 0 -> Long.bitCount(bits0 & below);
            case 1 -> Long.bitCount(bits0) + Long.bitCount(bits1 & below);
            case 2 -> Long.bitCount(bits0) + Long.bitCount(bits1) + Long.bitCount(bits2 & below);
            default ->
                Long.bitCount(bits0) + Long.bitCount(bits1) + Long.bitCount(bits2) + Long.bitCount(bits3 & below);
        };
    }

    private void flip(int digit) {
        long bit = 1L << digit;
        switch (digit >> 6) {
            case 0 -> bits0 ^= bit;
            case 1 -> bits1 ^= bit;
            case 2 -> bits2 ^= bit;
            default -> bits3 ^= bit;
        }
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
        for (int digit = 0; digit < DIRECT; digit++) {
            if ((word(digit) >>> digit & 1) != 0) {
                direct[digit] = requireNonNull(children[from++]);
            }
        }
        children = direct;
    }

    private void pack(int count) {
        @Nullable Watched[] packed = new Watched[count];
        int to = 0;
        for (Watched child : children) {
            if (child != null) {
                packed[to++] = child;
            }
        }
        children = packed;
    }
}
