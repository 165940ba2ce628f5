package dev.homeostat.host.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** docs/metrics.md, as it follows from the list of figures. */
final class MetricsPage {
    static final String FILE = "docs/metrics.md";
    static final String COMMAND = "mvn -q -pl platform/host -am -Dtest=MetricsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dhomeostat.write=true test";

    private static final String HEAD = """
        # Metrics

        <!-- Written by MetricsPageTest from the code: do not edit. `COMMAND` writes it anew. -->

        All that a host measures. The metrics are Dropwizard's; they are published over JMX always, in the domain `dev.homeostat.metrics`, and over HTTP for Prometheus where `http.port` is set. [operations.md](operations.md) says what to look at when something is wrong.

        ## Names
        A metric is named after what it is about and then after what it says of it: `tables.TABLE.objects`, `reconcilers.TABLE/NAME.failing`, `plugins.ID/NAME`. Words are lower case with dashes between them, capitals below stand for what differs, and what
        other libraries put into labels is a part of the name. Names of tables and of figures have no dot, those of reconcilers have one slash, and ids of plugins no slash: so every name can be taken apart again. Metrics come and go with what they are about.

        | kind | is |
        | --- | --- |
        | gauge | a value that goes up and down: as it is when somebody looks |
        | counter | a value that only grows, from 0 on when what it is about comes: look at how much it has grown in a time |
        | timer | how often something happened and how long it took: both only grow; its percentiles are those of about the last five minutes |
        | info | what something is, in words: 1 with the label `version` for Prometheus, the text itself over JMX |

        Times are in seconds and sizes in bytes. A number is one of what the text names: rows, plugins, threads.

        Over JMX a metric is the MBean `dev.homeostat.metrics:name=NAME,type=TYPE` (quoted as `ObjectName.quote` does where it has to be), with the value in the attribute that the tables name. Only there the statistics of timers are in milliseconds (`DurationUnit` says so), and their rates are events a second.

        For Prometheus the name is made by one rule: `homeostat_`, what it is about, the figure with `_` for `-`, the unit, and `_total` for what only grows; what differs becomes labels. Metrics of the process and of the Java virtual machine have the names that Prometheus' own Java client gives to the same, so that dashboards for it
        fit; collections of garbage are two counters here, and a summary there. A timer becomes a summary: `NAME_count`, `NAME_sum`, and a quantile for each of 0.5, 0.75, 0.95, 0.99 and 0.999.
        """;

    private static final String TABLE_HEAD = """
        | name | kind | unit | Prometheus | JMX attribute | what |
        | --- | --- | --- | --- | --- | --- |
        """;

    private static final Map<Subject, String> TITLES = new EnumMap<>(Map.ofEntries(
            Map.entry(Subject.HOST, "The host"),
            Map.entry(Subject.DATABASE, "The database"),
            Map.entry(Subject.TABLE, "Tables"),
            Map.entry(Subject.RECONCILER, "Reconcilers"),
            Map.entry(Subject.PLUGIN, "Plugins"),
            Map.entry(Subject.OF_PLUGIN, "What plugins measure"),
            Map.entry(Subject.HTTP, "The HTTP endpoint"),
            Map.entry(Subject.PROCESS, "The process"),
            Map.entry(Subject.JVM, "The Java virtual machine"),
            Map.entry(Subject.JVM_AREA, "Its memory"),
            Map.entry(Subject.JVM_POOL, "Its memory pools"),
            Map.entry(Subject.JVM_COLLECTOR, "Its garbage collectors"),
            Map.entry(Subject.JVM_BUFFERS, "Its buffers outside of the heap")));

    private static final Map<Subject, String> NOTES = new EnumMap<>(Map.of(
            Subject.DATABASE,
            "Of all tables, those that reconcilers keep statuses in included; these have no metrics of their" + " own.",
            Subject.RECONCILER,
            "To read one costs the same however many rows there are; but for `queued` and `objects`, which count the"
                    + " rows that changed or were deleted and were not come to, 64 at a time and once for each state of"
                    + " the table, and `paused-rows`, which lists their keys.",
            Subject.PLUGIN,
            "As the host sees them, for each jar that is there, failed ones too.",
            Subject.OF_PLUGIN,
            "What a plugin makes with `ctx.gauge`, `ctx.counter` and `ctx.stopwatch`; `NAME` is its own name"
                    + " for it. They go when the plugin stops. A gauge that throws or takes longer than a second"
                    + " reads as `NaN` over JMX and is left out for Prometheus; `plugins.ID.read-failures` counts"
                    + " it, the log says it once, and a thread that does not come back is named in the health.",
            Subject.HTTP,
            "Where `http.port` is set.",
            Subject.JVM_POOL,
            "The names of pools, collectors and buffers are those of the virtual machine, and depend on the"
                    + " collector."));

    private MetricsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(HEAD.replace("COMMAND", COMMAND));
        for (Subject subject : Subject.values()) {
            page.append("\n## ").append(Objects.requireNonNull(TITLES.get(subject), subject.name()));
            page.append('\n');
            if (NOTES.containsKey(subject)) {
                page.append(NOTES.get(subject)).append("\n\n");
            }
            if (!subject.labels().isEmpty()) {
                page.append("Labels: ")
                        .append(subject.labels().stream()
                                .map(label -> "`" + label + "`")
                                .collect(Collectors.joining(", ")))
                        .append(".\n\n");
            }
            page.append(TABLE_HEAD);
            figures(subject)
                    .forEach(figure -> page.append("| `%s` | %s | %s | `%s` | %s | %s |\n"
                            .formatted(
                                    figure.pattern(),
                                    figure.form().kind(),
                                    figure.form().measure(),
                                    figure.exposed() + figure.form().ending(),
                                    figure.form().attribute(),
                                    figure.help())));
        }
        return page.toString();
    }

    private static List<Figure> figures(Subject subject) {
        return Arrays.stream(Figure.values())
                .filter(figure -> figure.subject() == subject)
                .toList();
    }
}
