package dev.homeostat.cli.process;

import java.lang.module.ModuleDescriptor;

/** Which Homeostat this is. */
public final class Version {
    private static final String UNKNOWN = "of unknown version";

    private Version() {}

    /** Homeostat's, such as {@code 0.1.0}. */
    public static String ours() {
        ModuleDescriptor descriptor = Version.class.getModule().getDescriptor();
        return descriptor == null ? UNKNOWN : descriptor.rawVersion().orElse(UNKNOWN);
    }
}
