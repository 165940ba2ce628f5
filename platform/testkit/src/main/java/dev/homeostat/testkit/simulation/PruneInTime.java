package dev.homeostat.testkit.simulation;

/** A prune never runs before the table is initialized, and never removes what the present row has made. */
final class PruneInTime extends Oracle {
    PruneInTime(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        if (call.kind == Call.Kind.SEARCH
                && !world.boot().table.initialized(world.database().readTxn())) {
            complain(() -> "a prune began before the table was initialized; still pending: "
                    + world.boot().table.pendingInitializers(world.database().readTxn()));
        }
        if (call.kind == Call.Kind.REMOVAL && call.key != null) {
            Books.Change newest = world.books().newest(call.life.boot, call.key);
            if (newest != null && newest.row()) {
                Call made = world.books().last(call.life, call.key, newest.revision());
                if (made != null && made.isDone(now())) {
                    complain(() -> call + " removes what " + made + " has made for the row that is there");
                }
            }
        }
    }
}
