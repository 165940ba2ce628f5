/** Races of what the engine shows to nobody else; here by the class path's leave. */
@NullMarked
package dev.homeostat.statedb.engine;

import org.jspecify.annotations.NullMarked;
