package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the command says of a home, as JSON. */
final class Shown {
    private Shown() {}

    /** The answer to a command; whether it says that something is degraded does not matter here. */
    static JsonNode json(Home home, String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "-o";
        all[words.length + 1] = "json";
        Answer answer = home.command(all);
        assertThat(answer.code()).as("%s", answer).isLessThan(2);
        return answer.json();
    }

    /** The kinds of the statuses of a table with one reconciler, by key. */
    static Map<String, String> kinds(Home home, String table) {
        Map<String, String> kinds = new TreeMap<>();
        for (JsonNode row : json(home, "db", "show", table).path("rows")) {
            for (JsonNode status : row.path("status")) {
                kinds.put(row.path("key").asString(), status.path("kind").asString());
            }
        }
        return kinds;
    }

    /** The status of one row in a table with one reconciler. */
    static JsonNode status(Home home, String table, String key) {
        for (JsonNode row : json(home, "db", "show", table).path("rows")) {
            if (row.path("key").asString().equals(key)) {
                return row.path("status").iterator().next();
            }
        }
        throw new AssertionError("no row " + key + " in " + table);
    }

    static JsonNode table(Home home, String name) {
        return find(json(home, "db", "tables").path("tables"), "name", name);
    }

    /** The only reconciler there is. */
    static JsonNode reconciler(Home home) {
        return reconciler(home, "files/files");
    }

    /** One of several. */
    static JsonNode reconciler(Home home, String fullName) {
        return find(json(home, "reconcilers").path("reconcilers"), "name", fullName);
    }

    static JsonNode heldPrune(Home home) {
        return reconciler(home).path("heldPrune");
    }

    /** The name of the bean of the only reconciler there is. */
    static String reconcilerBean(Jmx jmx) {
        Set<String> names = jmx.names("dev.homeostat:type=Reconciler,*");
        assertThat(names).hasSize(1);
        return names.iterator().next();
    }

    /** Sets an interval that a test can wait for. */
    static void refreshOften(Home home) {
        home.pluginConfig("files", "refresh-interval: 200ms\n");
    }

    private static JsonNode find(JsonNode all, String field, String value) {
        for (JsonNode one : all) {
            if (one.path(field).asString().equals(value)) {
                return one;
            }
        }
        throw new AssertionError("no " + field + " " + value + " in " + all);
    }
}
