package dev.homeostat.plugin.manifests;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What was seen of the manifest directory at one moment. */
sealed interface Look {
    /** It cannot be read. */
    record Unreadable(String reason) implements Look {}

    /**
     * It was listed.
     *
     * @param directory which directory it is, links followed
     * @param files the manifests by name; null for one that cannot be looked at
     */
    record Listing(String directory, SortedMap<String, @Nullable FileStamp> files) implements Look {}
}
