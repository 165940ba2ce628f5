/** A host that shows what a test wants it to show. */
package dev.homeostat.host.fake;
