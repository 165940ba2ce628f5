package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link BitTrie}: the leaf whose prefix is {@code depth} bits long, and the two nodes whose keys go on with 0 and with 1.
 *
 * <p>All keys below agree in their first {@code depth} bits, which are also those of {@code sample}: the key of some leaf that is or was below. Unlike in a
 * {@link ByteTrie}, every leaf has a node of its own: the node is what a longest match watches, so that nothing but the prefixes inside that match
 * wakes who waits for it.
 */
public final class BitNode extends Watched {
    final long owner;
    final int depth;
    final byte[] sample;
    private @Nullable ByteLeaf ending;
    private @Nullable BitNode zero;
    private @Nullable BitNode one;

    BitNode(long owner, int depth, byte[] sample, @Nullable ByteLeaf ending) {
        this.owner = owner;
        this.depth = depth;
        this.sample = sample;
        this.ending = ending;
    }

    private BitNode(BitNode original, long owner) {
        this(owner, original.depth, original.sample, original.ending);
        this.zero = original.zero;
        this.one = original.one;
    }

    /** This node if the edit made it, else a copy that the edit may change; the original is then noted as replaced. */
    BitNode ownedBy(Edit edit) {
        if (owner == edit.owner()) {
            return this;
        }
        edit.replaced(this);
        return new BitNode(this, edit.owner());
    }

    /** The leaf whose prefix ends at this node's depth. */
    @Nullable
    ByteLeaf ending() {
        return ending;
    }

    void ending(@Nullable ByteLeaf leaf) {
        ending = leaf;
    }

    /** The node below whose keys go on with that bit. */
    @Nullable
    BitNode child(int bit) {
        return bit == 0 ? zero : one;
    }

    void child(int bit, @Nullable BitNode child) {
        if (bit == 0) {
            zero = child;
        } else {
            one = child;
        }
    }

    boolean isFull() {
        return zero != null && one != null;
    }

    /** The only child, or null where there is none. */
    @Nullable
    BitNode onlyChild() {
        return zero == null ? one : zero;
    }
}
