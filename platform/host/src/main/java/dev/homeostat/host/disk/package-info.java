/** What the host writes to its data directory so that it outlives a crash. */
package dev.homeostat.host.disk;
