/** Marks that say what an author may rely on from one version of the API to the next. */
@NullMarked
package dev.homeostat.api.stability;

import org.jspecify.annotations.NullMarked;
