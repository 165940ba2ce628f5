package dev.homeostat.host.leak;

import java.util.function.Consumer;

/** Looks into one kind of place for what keeps a class loader. */
@FunctionalInterface
interface PinFinder {
    /** Tells all that it finds. What it throws is logged, and the others look all the same. */
    void find(Suspect suspect, Consumer<Pin> found) throws Exception;
}
