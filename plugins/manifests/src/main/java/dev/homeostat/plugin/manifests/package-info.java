/** The source that reads manifests and follows their changes. */
package dev.homeostat.plugin.manifests;
