package dev.homeostat.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON that JMH writes. What is kept of it beside the report lacks what nobody reads, and whatever tells of the machine: the place of its Java.
 * Reading what was kept gives the same report.
 */
final class ResultsFile {
    private static final String PACKAGE = "dev.homeostat.benchmarks.";
    private static final List<String> FIELDS = List.of(
            "jmhVersion",
            "benchmark",
            "mode",
            "threads",
            "forks",
            "jvmArgs",
            "jdkVersion",
            "vmName",
            "vmVersion",
            "warmupIterations",
            "warmupTime",
            "measurementIterations",
            "measurementTime",
            "params");

    /** A flag that only the measurements of memory with compact headers have. */
    private static final String OF_SOME_ONLY = "-XX:+UseCompactObjectHeaders";

    private static final List<String> METRIC_FIELDS = List.of("score", "scoreError", "scoreUnit", "rawData");

    private final JsonMapper mapper =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final ArrayNode kept;

    private ResultsFile(ArrayNode kept) {
        this.kept = kept;
    }

    /** Reads what JMH wrote, or what was kept of it. */
    static ResultsFile read(Path file) {
        JsonMapper mapper = JsonMapper.shared();
        JsonNode all = mapper.readTree(file);
        if (!all.isArray()) {
            throw new IllegalArgumentException(file + ": no array of results, as JMH writes with -rf json");
        }
        ArrayNode kept = mapper.createArrayNode();
        all.forEach(result -> kept.add(keep(mapper, result)));
        return new ResultsFile(kept);
    }

    /** What is kept, as text. */
    String text() {
        return mapper.writeValueAsString(kept) + "\n";
    }

    /** What was measured. */
    Results results() {
        Set<String> jvms = new LinkedHashSet<>();
        Set<String> paces = new LinkedHashSet<>();
        List<Measurement> measurements = new ArrayList<>();
        for (JsonNode result : kept) {
            jvms.add(jvm(result));
            paces.add(pace(result));
            measurements.add(measurement(result));
        }
        return new Results(String.join("; ", jvms), List.copyOf(paces), measurements);
    }

    private static ObjectNode keep(JsonMapper mapper, JsonNode result) {
        ObjectNode kept = copy(mapper, result, FIELDS);
        kept.set("primaryMetric", copy(mapper, result.path("primaryMetric"), METRIC_FIELDS));
        ObjectNode others = kept.putObject("secondaryMetrics");
        for (String name : Measurement.KEPT) {
            JsonNode metric = result.path("secondaryMetrics").path(name);
            if (metric.isObject()) {
                others.set(name, copy(mapper, metric, METRIC_FIELDS));
            }
        }
        return kept;
    }

    private static ObjectNode copy(JsonMapper mapper, JsonNode from, List<String> fields) {
        ObjectNode copy = mapper.createObjectNode();
        for (String field : fields) {
            JsonNode value = from.get(field);
            if (value != null) {
                copy.set(field, value);
            }
        }
        return copy;
    }

    private static String jvm(JsonNode result) {
        List<String> flags = new ArrayList<>();
        for (JsonNode flag : result.path("jvmArgs")) {
            if (flag.asString().startsWith("-X") && !flag.asString().equals(OF_SOME_ONLY)) {
                flags.add("`" + flag.asString() + "`");
            }
        }
        return "Java " + result.path("jdkVersion").asString("?") + ", "
                + result.path("vmName").asString("?") + " "
                + result.path("vmVersion").asString("?") + ", " + String.join(" ", flags) + ", JMH "
                + result.path("jmhVersion").asString("?");
    }

    private static String pace(JsonNode result) {
        boolean once = result.path("mode").asString("").equals("ss");
        int forks = result.path("forks").asInt(0);
        return kind(result, once) + ": " + forks + (forks == 1 ? " JVM, " : " JVMs, ")
                + result.path("warmupIterations").asInt(0)
                + (once ? "" : " × " + result.path("warmupTime").asString("?")) + " to warm up, "
                + result.path("measurementIterations").asInt(0)
                + (once ? "" : " × " + result.path("measurementTime").asString("?")) + " measured";
    }

    private static String kind(JsonNode result, boolean once) {
        String name = result.path("benchmark").asString("");
        if (name.startsWith(PACKAGE + "reconcile.")) {
            return "the reconciler";
        } else if (once) {
            return "memory, and delays of parked readers";
        } else if (name.contains(".million_")) {
            return "a million rows";
        } else if (name.startsWith(PACKAGE + "growth.")) {
            return "growth";
        } else if (name.startsWith(PACKAGE + "alternatives.")) {
            return "alternatives";
        } else {
            return "all others";
        }
    }

    private static Measurement measurement(JsonNode result) {
        String benchmark = result.path("benchmark").asString("");
        int dot = benchmark.lastIndexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("result without the name of a benchmark: " + result);
        }
        String type = benchmark.substring(0, dot);
        Map<String, String> parameters = new LinkedHashMap<>();
        result.path("params")
                .properties()
                .forEach(parameter ->
                        parameters.put(parameter.getKey(), parameter.getValue().asString()));
        Map<String, Double> others = new LinkedHashMap<>();
        result.path("secondaryMetrics")
                .properties()
                .forEach(metric -> others.put(metric.getKey(), median(metric.getValue())));
        JsonNode primary = result.path("primaryMetric");
        return new Measurement(
                type.startsWith(PACKAGE) ? type.substring(PACKAGE.length()) : type,
                benchmark.substring(dot + 1),
                parameters,
                number(primary.path("score")),
                number(primary.path("scoreError")),
                primary.path("scoreUnit").asString("?"),
                others);
    }

    /** The median of all iterations of all forks: the score of a counter is their sum. */
    private static double median(JsonNode metric) {
        List<Double> all = new ArrayList<>();
        metric.path("rawData").forEach(fork -> fork.forEach(iteration -> all.add(number(iteration))));
        if (all.isEmpty()) {
            return number(metric.path("score"));
        }
        Collections.sort(all);
        int middle = all.size() / 2;
        return all.size() % 2 == 1 ? all.get(middle) : (all.get(middle - 1) + all.get(middle)) / 2;
    }

    /** JMH writes what is no number as text. */
    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }
}
