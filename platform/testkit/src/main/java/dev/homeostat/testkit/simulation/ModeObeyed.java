package dev.homeostat.testkit.simulation;

import dev.homeostat.api.reconcile.Mode;

/**
 * In mode PLAN nothing begins that changes the target, in a pause nothing at all, and on a paused key nothing that has to do with it; that holds for the halves of a batch too. What was
 * planned is done in the end.
 */
final class ModeObeyed extends Oracle {
    ModeObeyed(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        Mode mode = call.life.options().mode();
        boolean may = mode == Mode.APPLY || (mode == Mode.PLAN && call.kind == Call.Kind.SEARCH);
        if (!may) {
            complain(() -> call + " began in mode " + mode);
        }
        if (call.key != null && call.life.paused().contains(call.key)) {
            complain(() -> call + " began, and its key is paused");
        }
    }

    @Override
    void halved(Call call) {
        began(call);
    }

    @Override
    void settled() {
        for (Life<?> life : world.lives()) {
            life.reconciler().plan().ifPresent(plan -> {
                long planned = plan.count(world.database().readTxn());
                if (life.isAlive() && planned > 0) {
                    complain(() -> life + " applies, and its plan still has " + planned + " change(s)");
                }
            });
        }
    }
}
