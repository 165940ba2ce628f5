package dev.homeostat.api.tree;

import dev.homeostat.api.stability.ConsumerType;
import java.util.function.Consumer;

/**
 * Turns rows into documents and back. {@code RecordCodec} does it for records.
 *
 * <p>Implementations are immutable and may be called by any thread.
 */
@ConsumerType
public interface RowCodec<T> {
    /** The row as a document; {@link #decode} gives an equal row. */
    Tree encode(T row);

    /**
     * The row that a document describes.
     *
     * @throws DocumentException if it describes none; names every unknown field, missing field and wrong type with its place
     */
    T decode(Tree document);

    /**
     * The row that a document describes which {@link #encode} wrote, perhaps that of an earlier version of this codec: a plugin was replaced, and its rows go on. What this
     * version does not know any more is left out; what the earlier one did not know is as when it is left out of any document.
     *
     * <p>A codec that does not override this takes what {@link #decode} takes.
     *
     * @param dropped takes the name of each thing that is left out
     * @throws DocumentException as {@code decode}, but for unknown fields
     */
    default T decodeKept(Tree document, Consumer<String> dropped) {
        return decode(document);
    }
}
