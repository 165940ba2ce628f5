package dev.homeostat.host.plugin;

import dev.homeostat.host.handover.Carried;

/** Whatever has a beginning and an end and is neither table, work nor reconciler: metrics, MBeans, health lines, resources. */
record OtherContribution(String thing, Callback.Body onStart, Callback.Body onStop) implements Contribution {
    @Override
    public Kind kind() {
        return Kind.OTHER;
    }

    @Override
    public void start(Carried carried) throws Exception {
        onStart.run();
    }

    @Override
    public void stop(Deadline deadline, Carried carried) throws Exception {
        onStop.run();
    }
}
