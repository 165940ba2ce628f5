package dev.homeostat.host.control;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The answers that are under way. Safe for all threads. */
final class Leases {
    private final Set<Lease.Span> open = ConcurrentHashMap.newKeySet();

    void begun(Lease.Span lease) {
        open.add(lease);
    }

    void ended(Lease.Span lease) {
        open.remove(lease);
    }

    boolean isOpen(Lease.Span lease) {
        return open.contains(lease);
    }

    /** Has all of them end: each holds a snapshot of all tables. */
    void recallAll() {
        open.forEach(Lease.Span::recall);
    }
}
