package dev.homeostat.plugin.manifests;

import dev.homeostat.api.tree.Tree;
import java.util.List;

/**
 * One document of a manifest.
 *
 * @param table the table
 * @param rows the rows that are wanted in it
 */
record ManifestDocument(String table, List<Tree> rows) {}
