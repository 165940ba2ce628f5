package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A host that cannot write its log runs, and does not say that all is well. */
final class UnwrittenLogTest extends HostTest {
    @Test
    void hostWhoseLogCannotBeWritten_isDegraded_andNamesWhatToMend() throws Exception {
        host.property(UnwrittenLog.PROPERTY, "/srv/agent/logs/homeostat.log").start();

        assertThat(host.host().degraded()).isTrue();
        assertThat(host.host().health()).anySatisfy(line -> {
            assertThat(line.name()).isEqualTo("log");
            assertThat(line.ok()).isFalse();
            assertThat(line.message()).startsWith("/srv/agent/logs/homeostat.log cannot be written: ");
        });
    }
}
