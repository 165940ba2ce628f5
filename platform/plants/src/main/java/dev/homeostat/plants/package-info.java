/**
 * Bugs that are planted for tests: one edit of one file of the production code, compiled in front of the production classes. What must find bugs must find
 * these. Nothing of it is shipped.
 */
@NullMarked
package dev.homeostat.plants;

import org.jspecify.annotations.NullMarked;
