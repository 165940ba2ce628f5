package dev.homeostat.cli.planted;

import dev.homeostat.host.planted.NamesABundledPlugin;

/** Planted: the command names the host. */
public final class NamesTheHost {
    NamesABundledPlugin host = new NamesABundledPlugin();
}
