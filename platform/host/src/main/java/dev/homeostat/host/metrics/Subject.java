package dev.homeostat.host.metrics;

import java.util.List;
import java.util.regex.Matcher;

/** What a metric is about: how the names of its metrics begin, and what labels they have where labels exist. */
enum Subject {
    /** The host as a whole. */
    HOST("host.", "homeostat_host_", List.of()),
    /** The database with all of its tables, those of statuses included. */
    DATABASE("database.", "homeostat_database_", List.of()),
    /** A table of a plugin. */
    TABLE("tables.TABLE.", "homeostat_table_", List.of("table")),
    /** A reconciler, whose full name has its table before the slash. */
    RECONCILER("reconcilers.TABLE/NAME.", "homeostat_reconciler_", List.of("table", "reconciler")),
    /** A plugin, as the host sees it. */
    PLUGIN("plugins.ID.", "homeostat_plugin_", List.of("plugin")),
    /** What a plugin measures itself; its own name of it is the last part. */
    OF_PLUGIN("plugins.ID/NAME", "homeostat_plugin_", List.of("plugin", "name")),
    /** The HTTP endpoint; only where there is one. */
    HTTP("http.", "homeostat_http_", List.of()),
    /** The process. */
    PROCESS("jvm.process.", "process_", List.of()),
    /** The virtual machine. */
    JVM("jvm.", "jvm_", List.of()),
    /** A kind of its memory: {@code heap} or {@code nonheap}. */
    JVM_AREA("jvm.memory.AREA.", "jvm_memory_", List.of("area")),
    /** A memory pool, as the virtual machine calls it. */
    JVM_POOL("jvm.pools.POOL.", "jvm_memory_pool_", List.of("pool")),
    /** A garbage collector, as the virtual machine calls it. */
    JVM_COLLECTOR("jvm.gc.COLLECTOR.", "jvm_gc_", List.of("gc")),
    /** A pool of buffers outside of the heap. */
    JVM_BUFFERS("jvm.buffers.POOL.", "jvm_buffer_pool_", List.of("pool"));

    private final String pattern;
    private final String exposed;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Subject(String pattern, String exposed, List<String> labels) {
        this.pattern = pattern;
        this.exposed = exposed;
        this.labels = labels;
    }

    /** How the names of its metrics begin, with what differs in capitals. */
    String pattern() {
        return pattern;
    }

    /** How their names for Prometheus begin. */
    String exposed() {
        return exposed;
    }

    /** The names of their labels. */
    List<String> labels() {
        return labels;
    }

    /** How the names of the metrics of one of this kind begin. */
    String prefix(String name) {
        return switch (this) {
            case RECONCILER -> pattern.replace("TABLE/NAME", name);
            case OF_PLUGIN -> pattern.replace("ID/NAME", name);
            default -> labels.isEmpty() ? pattern : pattern.replaceFirst("[A-Z]+", Matcher.quoteReplacement(name));
        };
    }

    /** The values of the labels of one of this kind. */
    List<String> values(String name) {
        return switch (this) {
            case RECONCILER -> List.of(name.substring(0, name.indexOf('/')), name);
            case OF_PLUGIN -> List.of(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1));
            default -> labels.isEmpty() ? List.of() : List.of(name);
        };
    }
}
