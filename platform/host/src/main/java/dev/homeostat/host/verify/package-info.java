/** What keeps bad jars out: their sums, what they may come to, and the dry run of a start that says beforehand what would be refused. */
package dev.homeostat.host.verify;
