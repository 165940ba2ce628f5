package dev.homeostat.statedb.planted;

import java.util.logging.Level;

/** Planted: a drawer, and java.util.logging. */
public final class LogManager {
    Level level = Level.FINE;
}
