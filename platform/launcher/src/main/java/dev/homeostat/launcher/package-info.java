/** The first code that runs: it builds the host's layer and starts the host in it. */
package dev.homeostat.launcher;
