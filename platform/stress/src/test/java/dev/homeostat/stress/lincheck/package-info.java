/** The operations of tables, one transaction each, which must look as if one came after the other. */
@NullMarked
package dev.homeostat.stress.lincheck;

import org.jspecify.annotations.NullMarked;
