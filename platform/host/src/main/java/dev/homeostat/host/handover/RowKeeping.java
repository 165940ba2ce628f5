package dev.homeostat.host.handover;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.schedule.Scheduler;
import java.time.Instant;

/**
 * Where tables are made again, and what is known of their rows beside them.
 *
 * @param database holds the tables
 * @param rejected keeps the rows that do not fit
 * @param owners knows which source wants which row
 * @param clock the time
 */
public record RowKeeping(Database database, RejectedRows rejected, RowOwners owners, Scheduler clock) {
    Instant now() {
        return clock.instant();
    }
}
