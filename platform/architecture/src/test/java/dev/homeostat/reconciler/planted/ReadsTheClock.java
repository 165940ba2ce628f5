package dev.homeostat.reconciler.planted;

import java.util.function.LongSupplier;

/** Planted: the reconciler reads a clock of its own, by a method reference. */
public final class ReadsTheClock {
    LongSupplier clock = System::nanoTime;
}
