package dev.homeostat.host;

import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.threads.WaitListener;

/** Tells in the health of the host which threads keep others from running. */
record WaitingThreads(HealthBoard health) implements WaitListener {
    private static final String NAME = "threads";

    @Override
    public void waited(String message) {
        health.set("", NAME, false, message);
    }

    @Override
    public void calm() {
        health.remove("", NAME);
    }
}
