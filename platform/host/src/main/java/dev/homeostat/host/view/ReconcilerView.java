package dev.homeostat.host.view;

import dev.homeostat.api.reconcile.Reconciler;

/**
 * A reconciler and who contributed it.
 *
 * @param reconciler the runtime's own reconciler, not a plugin's handle
 * @param plugin the id of the plugin that contributed it
 */
public record ReconcilerView(Reconciler<?> reconciler, String plugin) {}
