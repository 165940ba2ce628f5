/** What may stand next on a command line: for the shells of the system and for our own. */
package dev.homeostat.cli.complete;
