/** Builds the distribution: a directory that can be run in place, and the same as a tarball. Part of the build, not of the product. */
@NullMarked
package dev.homeostat.distribution;

import org.jspecify.annotations.NullMarked;
