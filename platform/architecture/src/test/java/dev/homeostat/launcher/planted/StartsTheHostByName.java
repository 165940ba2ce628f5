package dev.homeostat.launcher.planted;

import dev.homeostat.host.planted.NamesABundledPlugin;

/** Planted: the launcher names the host. */
public final class StartsTheHostByName {
    NamesABundledPlugin host = new NamesABundledPlugin();
}
