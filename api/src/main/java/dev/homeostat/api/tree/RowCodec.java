package dev.homeostat.api.tree;

/**
 * Turns rows into documents and back. {@code RecordCodec} does it for records.
 *
 * <p>Implementations are immutable and may be called by any thread.
 */
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
