/** The table of desired files and the operations that bring them about. */
package dev.homeostat.plugin.files;
