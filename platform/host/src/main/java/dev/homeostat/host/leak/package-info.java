/**
 * Proof that a plugin that was stopped is gone: {@link dev.homeostat.host.leak.UnloadWatch} follows the classes of each one until the garbage collector has
 * taken them, and says what keeps them where it does not.
 *
 * <p>Nothing here holds a class of a plugin for longer than it looks at it.
 */
package dev.homeostat.host.leak;
