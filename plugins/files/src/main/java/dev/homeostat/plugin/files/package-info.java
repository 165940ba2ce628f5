/**
 * Keeps files on disk as the table {@code files} says: {@link dev.homeostat.plugin.files.DesiredFile} is the row, {@link
 * dev.homeostat.plugin.files.FileOperations} brings it about below one managed directory.
 */
package dev.homeostat.plugin.files;
