package dev.homeostat.testkit.planted;

import dev.homeostat.host.planted.NamesABundledPlugin;

/** Planted: the testkit names the host. */
public final class NeedsAHost {
    NamesABundledPlugin host = new NamesABundledPlugin();
}
