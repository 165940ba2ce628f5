package dev.homeostat.api.reconcile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at all done rows found.
 *
 * @param inSync the rows that the target is as desired for
 * @param drifted the rows that it differs for
 * @param failed the rows for which the look failed
 * @param findings the first hundred of those that drifted or failed
 */
public record DriftReport(long inSync, long drifted, long failed, List<Finding> findings) {
    public DriftReport {
        findings = List.copyOf(findings);
    }

    /**
     * A row that is not in sync.
     *
     * @param key its key as text
     * @param drift in what the target differs, or null when the look failed
     * @param error why the look failed, or null
     */
    public record Finding(
            String key, @Nullable String drift, @Nullable String error) {}
}
