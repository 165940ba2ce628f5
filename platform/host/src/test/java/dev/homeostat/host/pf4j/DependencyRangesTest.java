package dev.homeostat.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.plugin.PluginDescriptor;
import dev.homeostat.host.plugin.PluginOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version of a plugin satisfies whom, and what is said of those that cannot be satisfied. */
final class DependencyRangesTest {
    private static PluginDescriptor plugin(String id, String version, PluginDescriptor.Dependency... needs) {
        return new PluginDescriptor(id, version, "*", List.of(needs));
    }

    private static PluginDescriptor.Dependency on(String id, String range) {
        return new PluginDescriptor.Dependency(id, range, false);
    }

    private static PluginOrder order(PluginDescriptor... found) {
        return PluginOrder.of(List.of(found), Map.of(), Versions::accepts);
    }

    @ParameterizedTest
    @CsvSource({
        "*, 1.4.2, true",
        ">=1.0.0 & <2.0.0, 1.4.2, true",
        ">=1.0.0 & <2.0.0, 2.0.0, false",
        ">=1.0.0 & <2.0.0, 0.9.9, false",
        "1.x, 1.4.2, true",
        "1.x, 2.0.0, false",
        "~1.4.0, 1.4.2, true",
        "~1.4.0, 1.5.0, false",
        "^1.2.0, 1.4.2, true",
        "^1.2.0, 2.0.0, false",
        "1.4.2, 1.4.2, true",
        "1.4.2, 1.4.3, false",
        ">=1.10.0, 1.9.0, false",
        ">=2.0.0, 2.0.0-rc.1, false",
        "<1.0.0 | >=1.4.0, 1.4.2, true",
    })
    void range_acceptsOrTellsBothVersions(String range, String version, boolean accepted) {
        PluginOrder order = order(plugin("user", "1.0.0", on("base", range)), plugin("base", version));
        if (accepted) {
            assertThat(order.refused()).isEmpty();
            assertThat(order.order()).extracting(PluginDescriptor::id).containsExactly("base", "user");
        } else {
            assertThat(order.refused())
                    .isEqualTo(Map.of("user", "it needs plugin \"base\" " + range + ", and " + version + " is there"));
            assertThat(order.order()).extracting(PluginDescriptor::id).containsExactly("base");
        }
    }

    @Test
    void circle_isToldAsAPath_andOthersAreOrdered() {
        PluginOrder order = order(
                plugin("a", "1.0.0", on("b", "*")),
                plugin("b", "1.0.0", on("c", "*")),
                plugin("c", "1.0.0", on("a", "*")),
                plugin("user", "1.0.0", on("base", "*")),
                plugin("base", "1.0.0"),
                plugin("hangs-on", "1.0.0", on("c", "*")));
        assertThat(order.order()).extracting(PluginDescriptor::id).containsExactly("base", "user");
        assertThat(order.refused()).containsOnlyKeys("a", "b", "c", "hangs-on");
        assertThat(order.refused().get("c")).isEqualTo("it depends on itself: a → b → c → a");
        assertThat(order.refused().get("hangs-on")).startsWith("it needs plugin \"c\", which does not run: it depends");
    }

    @Test
    void diamond_isLoadedOnce_bottomFirst() {
        PluginOrder order = order(
                plugin("top", "1.0.0", on("left", "*"), on("right", "*")),
                plugin("left", "1.0.0", on("base", "*")),
                plugin("right", "1.0.0", on("base", "*")),
                plugin("base", "1.0.0"));
        assertThat(order.order()).extracting(PluginDescriptor::id).containsExactly("base", "left", "right", "top");
    }
}
