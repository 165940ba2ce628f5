/** What the reconciler costs: a million rows with operations that do nothing, how soon a changed row's operation starts, and what rows cost that only wait. */
@NullMarked
package dev.homeostat.benchmarks.reconcile;

import org.jspecify.annotations.NullMarked;
