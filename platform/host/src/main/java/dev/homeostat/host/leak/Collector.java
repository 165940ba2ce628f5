package dev.homeostat.host.leak;

/** Asks the JVM for a garbage collection, and has the JDK give up first what it keeps for no purpose. */
public final class Collector implements Runnable {
    /** As good as any other. */
    public Collector() {}

    @Override
    public void run() {
        RecordLinks.forget();
        System.gc();
    }
}
