/** Files: what the host writes to its data directory so that it outlives a crash, and how it tells that a file has changed. */
package dev.homeostat.host.disk;
