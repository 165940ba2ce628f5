package dev.homeostat.host.deploy;

import java.nio.file.Path;
import java.util.List;

/**
 * What paths are shown relative to.
 *
 * @param all the first one that holds a path is taken
 */
record Roots(List<Path> all) {
    Roots {
        all = List.copyOf(all);
    }

    /** A path as people are shown it. */
    String show(Path path) {
        return all.stream()
                .filter(path::startsWith)
                .findFirst()
                .map(root -> root.relativize(path).toString())
                .orElse(path.toString());
    }
}
