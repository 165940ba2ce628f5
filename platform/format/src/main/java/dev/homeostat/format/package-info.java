/** The format of the repository's Java sources: palantir-java-format, run over all of them at once. */
@NullMarked
package dev.homeostat.format;

import org.jspecify.annotations.NullMarked;
