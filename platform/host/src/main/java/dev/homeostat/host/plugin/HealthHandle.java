package dev.homeostat.host.plugin;

import dev.homeostat.api.plugin.HealthReporter;

/** One health line of one plugin: there while it is active, and not written once it was taken away. */
final class HealthHandle implements HealthReporter {
    private final Leash leash;
    private final HealthBoard board;
    private final String name;
    private boolean gone; // guarded by this

    HealthHandle(Leash leash, HealthBoard board, String name) {
        this.leash = leash;
        this.board = board;
        this.name = name;
    }

    Contribution contribution() {
        return new OtherContribution(thing(), () -> board.set(leash.plugin(), name, true, "OK"), this::remove);
    }

    @Override
    public void ok(String message) {
        set(true, message);
    }

    @Override
    public void degraded(String message) {
        set(false, message);
    }

    private synchronized void set(boolean ok, String message) {
        leash.checkActive(thing());
        if (gone) {
            throw leash.gone(thing());
        }
        board.set(leash.plugin(), name, ok, message);
    }

    private synchronized void remove() {
        gone = true;
        board.remove(leash.plugin(), name);
    }

    private String thing() {
        return "health \"" + name + "\"";
    }
}
