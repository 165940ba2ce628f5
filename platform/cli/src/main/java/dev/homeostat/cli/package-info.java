/** The homeostat command and its sub-commands. */
package dev.homeostat.cli;
