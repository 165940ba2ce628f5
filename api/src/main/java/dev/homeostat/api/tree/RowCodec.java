package dev.homeostat.api.tree;

import dev.homeostat.api.stability.ConsumerType;

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
}
