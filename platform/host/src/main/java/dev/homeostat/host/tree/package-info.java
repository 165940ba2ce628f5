/** Documents on their way in and out: YAML and JSON are read into {@link dev.homeostat.api.tree.Tree trees}, trees are written as JSON. */
package dev.homeostat.host.tree;
