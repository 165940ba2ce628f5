package dev.homeostat.host.planted;

import dev.homeostat.plugin.planted.PrintsAndNamesGuice;

/** Planted: the host names a bundled plugin. */
public final class NamesABundledPlugin {
    PrintsAndNamesGuice plugin = new PrintsAndNamesGuice();
}
