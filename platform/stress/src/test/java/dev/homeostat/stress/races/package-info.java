/** What may meet in the state database, two by two, and what may come of it. */
@NullMarked
package dev.homeostat.stress.races;

import org.jspecify.annotations.NullMarked;
