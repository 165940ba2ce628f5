package dev.homeostat.plugin.planted;

import com.google.inject.Key;

/** Planted: a plugin prints, and names what it cannot see. */
public final class PrintsAndNamesGuice {
    void contribute() {
        System.out.println(Key.get(String.class));
    }
}
