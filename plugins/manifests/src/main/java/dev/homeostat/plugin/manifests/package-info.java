/**
 * The source that reads manifests and follows their changes: {@link dev.homeostat.plugin.manifests.ManifestFollower} looks at the directory again and again,
 * waits until what it sees has settled, and tells the host all that is wanted then.
 */
package dev.homeostat.plugin.manifests;
