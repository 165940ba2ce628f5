package dev.homeostat.host.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class JvmAgentTest {
    private static final String SSL = "com.sun.management.jmxremote.ssl";
    private static final String AUTHENTICATE = "com.sun.management.jmxremote.authenticate";

    @Test
    void withoutAPort_thereIsNothingToSay() {
        assertThat(JvmAgent.warning(Map.of())).isEmpty();
        assertThat(JvmAgent.warning(Map.of("com.sun.management.jmxremote", "", SSL, "false")))
                .isEmpty();
    }

    @Test
    void portThatIsOpen_isToldWithWhatIsMissing() {
        assertThat(JvmAgent.warning(Map.of(JvmAgent.PORT, "9999", SSL, "false", AUTHENTICATE, "false")))
                .contains("port 9999, with neither passwords nor TLS", "section jmx");
        assertThat(JvmAgent.warning(Map.of(JvmAgent.PORT, "9999", SSL, "no"))).contains("with no TLS");
        assertThat(JvmAgent.warning(Map.of(JvmAgent.PORT, "9999", AUTHENTICATE, "false")))
                .contains("with no passwords");
        assertThat(JvmAgent.warning(Map.of(JvmAgent.PORT, "9999"))).contains("past the roles and the audit log");
        assertThat(JvmAgent.isProtected(Map.of(JvmAgent.PORT, "9999"))).isTrue();
    }
}
