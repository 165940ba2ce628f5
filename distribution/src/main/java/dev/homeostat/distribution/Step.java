package dev.homeostat.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A slow step of the build, left out when its inputs are those of the last time and its output is still there.
 *
 * @param stamp the file that keeps the fingerprint of the inputs
 */
record Step(Path stamp) {
    /** What makes the output. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Does the work when it is needed. A step that failed is done again the next time. */
    void run(String fingerprint, Path output, Work work) throws IOException, InterruptedException {
        if (Files.exists(output)
                && Files.exists(stamp)
                && Files.readString(stamp).equals(fingerprint)) {
            return;
        }
        Files.deleteIfExists(stamp);
        work.run();
        Files.createDirectories(stamp.toAbsolutePath().getParent());
        Files.writeString(stamp, fingerprint);
    }
}
