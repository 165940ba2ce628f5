/**
 * Plugin jars become classes here, and nowhere else is PF4J named.
 *
 * <p>PF4J reads descriptors, keeps the list of what is loaded, compares versions and closes class loaders; where classes come from is our own: a
 * {@link java.lang.ModuleLayer} for each plugin, over the boot layer and the layers of its dependencies. All of it runs on the lifecycle thread, because
 * PF4J is not safe for several.
 */
package dev.homeostat.host.pf4j;
