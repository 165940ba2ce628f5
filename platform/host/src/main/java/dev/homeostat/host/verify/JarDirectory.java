package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The directory of entries at the end of a jar. */
public final class JarDirectory {
    private JarDirectory() {}

    /** Why it cannot be read, or not within the limits; empty when it can. Never takes more memory than those allow. */
    public static String problem(Path jar) {
        JarLimits limits = JarLimits.STANDARD;
        try (FileChannel file = FileChannel.open(jar)) {
            return new ZipDirectory("it ", limits).read(file, limits.entries()).isEmpty() ? "it has no entries" : "";
        } catch (PluginRefusedException e) {
            return e.problem();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
