package dev.homeostat.host.handover;

import dev.homeostat.api.db.Database;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where tables are made again, and what is known of their rows beside them.
 *
 * @param database holds the tables
 * @param rejected keeps the rows that do not fit
 * @param owners knows which source wants which row
 * @param clock for what people see
 */
public record RowKeeping(Database database, RejectedRows rejected, RowOwners owners, InstantSource clock) {
    Instant now() {
        return clock.instant();
    }
}
