package dev.homeostat.api.source;

import dev.homeostat.api.stability.ConsumerType;

/** Fills tables from outside: manifest files, a remote store. Runs on a virtual thread of its own as long as its plugin does. */
@ConsumerType
@FunctionalInterface
public interface Source {
    /**
     * Watches what it reads, and tells the feed, until it is interrupted, which is how a stopping plugin ends it. What it throws is shown in health; it is
     * started again after a growing delay, and its rows stay as they are.
     */
    void run(SourceFeed feed) throws Exception;
}
