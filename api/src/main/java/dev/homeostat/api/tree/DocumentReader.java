package dev.homeostat.api.tree;

import dev.homeostat.api.stability.ConsumerType;
import java.util.List;

/** Reads YAML, and so JSON, into trees. Safe for all threads. */
@ConsumerType
public interface DocumentReader {
    /**
     * All documents of a text. Aliases are resolved, tags other than YAML's own are refused, as are keys that are not text and keys that are repeated.
     *
     * @param origin the file, as a person knows it, for places and messages
     * @throws DocumentException if the text cannot be read, with the line
     */
    List<Tree> read(String origin, String text);
}
