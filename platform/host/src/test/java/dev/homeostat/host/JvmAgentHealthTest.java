package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.HealthLine;
import org.junit.jupiter.api.Test;

/** Flags of the JVM that open it to others, past all that the host asks for. */
final class JvmAgentHealthTest extends HostTest {
    private static final String FLAG = "com.sun.management.jmxremote.";

    @Test
    void hostThatWasStartedWithAnOpenAgent_isDegraded_andSaysWhy() throws Exception {
        host.property(FLAG + "port", "9999")
                .property(FLAG + "authenticate", "false")
                .property(FLAG + "ssl", "false")
                .start();
        assertThat(host.host().degraded()).isTrue();
        assertThat(host.host().health())
                .extracting(HealthLine::name, HealthLine::ok)
                .contains(tuple("JMX agent of the JVM", false));
    }

    @Test
    void agentThatIsClosed_isTold_andNoFault() throws Exception {
        host.property(FLAG + "port", "9999").start();
        assertThat(host.host().degraded()).isFalse();
        assertThat(host.host().health())
                .anySatisfy(line -> assertThat(line.message()).contains("port 9999, past the roles"));
    }

    @Test
    void check_warnsOfTheLineThatOpensIt() throws Exception {
        host.file("conf/jvm.options", "-Xmx64m\n-D" + FLAG + "port=9999\n-D" + FLAG + "ssl=false\n")
                .start();
        assertThat(host.host().configuration().check())
                .filteredOn(problem -> !problem.error())
                .singleElement()
                .satisfies((ConfigurationProblem problem) -> {
                    assertThat(problem.origin()).isEqualTo("conf/jvm.options");
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.message()).contains("port 9999, with no TLS");
                });
    }
}
