package dev.homeostat.plugintest.planted;

import dev.homeostat.host.planted.NamesABundledPlugin;

/** Planted: the extension names a class of the host. */
public final class CallsTheHost {
    NamesABundledPlugin host = new NamesABundledPlugin();
}
