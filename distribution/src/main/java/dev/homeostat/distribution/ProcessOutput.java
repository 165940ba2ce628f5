package dev.homeostat.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What became of a process.
 *
 * @param code its exit code
 * @param text all that it wrote, to standard output and error
 */
record ProcessOutput(int code, String text) {
    /** Runs a process to its end. */
    static ProcessOutput of(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ProcessOutput(process.waitFor(), text);
    }
}
