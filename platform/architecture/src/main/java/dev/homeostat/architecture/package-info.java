/** The rules of the house, over the class files of the whole repository; its tests also look at module descriptors and sources. */
@NullMarked
package dev.homeostat.architecture;

import org.jspecify.annotations.NullMarked;
