/**
 * Documents as small trees that remember where they were written, and the codecs between them and rows.
 *
 * <p>Manifests, {@code db insert}, dumps and plugin configuration all pass through {@link dev.homeostat.api.tree.Tree}, so that one error text with file and
 * line serves them all, and no plugin shares a YAML or JSON library with the host.
 */
package dev.homeostat.api.tree;
