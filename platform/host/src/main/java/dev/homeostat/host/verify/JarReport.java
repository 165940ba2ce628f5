package dev.homeostat.host.verify;

import java.util.List;

/**
 * What a check found in one jar.
 *
 * @param jar as people are shown it
 * @param id of the plugin in it; empty when that could not be found out
 * @param version of the plugin; empty likewise
 * @param sha256 the sum of the jar in hexadecimal digits; empty when it could not be read
 * @param isolation how it would be kept apart; empty when it would be refused before that
 * @param findings in the order in which the host would come upon them
 */
public record JarReport(
        String jar, String id, String version, String sha256, String isolation, List<Finding> findings) {
    public JarReport {
        findings = List.copyOf(findings);
    }

    /** Whether the host would refuse it. */
    public boolean refused() {
        return findings.stream().anyMatch(Finding::isError);
    }
}
