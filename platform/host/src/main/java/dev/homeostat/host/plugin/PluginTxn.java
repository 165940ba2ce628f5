package dev.homeostat.host.plugin;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;

/** A transaction that a plugin was given; the engine knows only what is beneath it. */
sealed interface PluginTxn extends ReadTxn permits PluginReadTxn, PluginWriteTxn {
    /** The engine's transaction. */
    ReadTxn engine();

    /** The engine's transaction beneath any: operations are given the engine's own. */
    static ReadTxn engine(ReadTxn txn) {
        return txn instanceof PluginTxn wrapped ? wrapped.engine() : txn;
    }

    /** The engine's write transaction beneath any. */
    static WriteTxn engine(WriteTxn txn) {
        return txn instanceof PluginWriteTxn wrapped ? wrapped.engine() : txn;
    }
}
