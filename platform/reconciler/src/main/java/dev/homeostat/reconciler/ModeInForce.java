package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.util.function.Supplier;

/**
 * The mode that the backlog is in line with. New options bring another one at once, but it is in force from the next {@link #look} on: before anything else
 * is decided, whatever was planned is known to be a plan. Touched by the owner of the event loop only.
 */
final class ModeInForce {
    private final Supplier<Options> options;
    private final Pruner<?> pruner;
    private final Planner<?> planner;
    private Mode mode = Mode.APPLY;

    ModeInForce(Supplier<Options> options, Pruner<?> pruner, Planner<?> planner) {
        this.options = options;
        this.pruner = pruner;
        this.planner = planner;
    }

    boolean is(Mode asked) {
        return mode == asked;
    }

    /** Puts the mode of the options in force, if it is another one. */
    void look() {
        Mode wanted = options.get().mode();
        if (mode == wanted) {
            return;
        }
        mode = wanted;
        switch (wanted) {
            case APPLY -> {
                pruner.planEnds();
                planner.end();
            }
            case PLAN -> {
                pruner.planBegins();
                planner.begin();
            }
            case PAUSED -> {}
        }
    }
}
