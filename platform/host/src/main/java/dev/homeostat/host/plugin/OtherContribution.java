package dev.homeostat.host.plugin;

/** Whatever has a beginning and an end and is neither table, work nor reconciler: metrics, MBeans, health lines, resources. */
record OtherContribution(String thing, Callback.Body onStart, Callback.Body onStop) implements Contribution {
    @Override
    public Kind kind() {
        return Kind.OTHER;
    }

    @Override
    public void start() throws Exception {
        onStart.run();
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
        onStop.run();
    }
}
