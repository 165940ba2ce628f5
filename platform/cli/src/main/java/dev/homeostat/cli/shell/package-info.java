/**
 * {@code homeostat shell}: the commands, one after the other in one process. The line editor, JLine, is named in this package only, and its jars are on the module path only when there is a terminal to edit on.
 */
package dev.homeostat.cli.shell;
