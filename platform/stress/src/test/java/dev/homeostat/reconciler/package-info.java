/** Races of what the reconciler shows to nobody else; here by the class path's leave. */
@NullMarked
package dev.homeostat.reconciler;

import org.jspecify.annotations.NullMarked;
