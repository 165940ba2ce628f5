package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;

/** In the end each target is as desired, everything says so, and nothing is left to do. */
final class AsDesired extends Oracle {
    AsDesired(World<?> world) {
        super(world);
    }

    @Override
    void settled() {
        targets();
        for (Life<?> life : world.lives()) {
            statuses(life);
            health(life);
        }
    }

    /** The targets alone. */
    void targets() {
        world.scenario().reconcilers().forEach(this::target);
    }

    private void target(String reconciler) {
        Object is = world.subject().look(reconciler);
        Object should = world.subject().expected(reconciler, world.wanted());
        if (!is.equals(should)) {
            complain(() -> "the target of " + reconciler + " is " + is + " and should be " + should);
        }
    }

    private <T> void statuses(Life<T> life) {
        for (int number = 0; number < world.scenario().rows(); number++) {
            Key key = world.key(number);
            Status status = life.reconciler().status(world.database().readTxn(), key);
            boolean desired = world.wanted().containsKey(number);
            if (desired ? status == null || status.kind() != StatusKind.DONE : status != null) {
                complain(() -> "the status of " + world.text(key) + " for " + life + " is " + status
                        + ", and the row is " + (desired ? "desired" : "not desired") + "; "
                        + NothingForgotten.explanation(life, key));
            }
        }
    }

    private void health(Life<?> life) {
        Reconciler<?> reconciler = life.reconciler();
        ReconcilerHealth health = reconciler.health();
        if (!health.ok()) {
            complain(() -> "all is done, and the health of " + life + " says: " + health);
        }
        if (!reconciler.undoneDeletes().isEmpty()) {
            complain(() -> life + " still has undone deletes: " + reconciler.undoneDeletes());
        }
        if (reconciler.stats().queued() != 0 || reconciler.stats().running() != 0) {
            complain(() -> "all is done, and " + life + " still has work: " + reconciler.stats());
        }
    }
}
