package dev.homeostat.host.metrics;

import static dev.homeostat.host.metrics.Form.BYTES;
import static dev.homeostat.host.metrics.Form.COUNTER;
import static dev.homeostat.host.metrics.Form.FLAG;
import static dev.homeostat.host.metrics.Form.GAUGE;
import static dev.homeostat.host.metrics.Form.INFO;
import static dev.homeostat.host.metrics.Form.SECONDS;
import static dev.homeostat.host.metrics.Form.SECONDS_COUNTER;
import static dev.homeostat.host.metrics.Form.TIMER;
import static dev.homeostat.host.metrics.Subject.DATABASE;
import static dev.homeostat.host.metrics.Subject.HOST;
import static dev.homeostat.host.metrics.Subject.HTTP;
import static dev.homeostat.host.metrics.Subject.JVM;
import static dev.homeostat.host.metrics.Subject.JVM_AREA;
import static dev.homeostat.host.metrics.Subject.JVM_BUFFERS;
import static dev.homeostat.host.metrics.Subject.JVM_COLLECTOR;
import static dev.homeostat.host.metrics.Subject.JVM_POOL;
import static dev.homeostat.host.metrics.Subject.OF_PLUGIN;
import static dev.homeostat.host.metrics.Subject.PLUGIN;
import static dev.homeostat.host.metrics.Subject.PROCESS;
import static dev.homeostat.host.metrics.Subject.RECONCILER;
import static dev.homeostat.host.metrics.Subject.TABLE;

/**
 * All that the host measures. Nothing can be registered that is not here, docs/metrics.md is written from it, and the names for Prometheus follow from it.
 *
 * <p>The name of a metric is that of its subject, then that of its figure: {@code tables.memos.objects}. Words are lower case, with dashes between them; what others put into
 * labels is a part of the name.
 */
enum Figure {
    HOST_VERSION(HOST, "version", INFO, "The version of the host.", "homeostat_build"),
    HOST_READY(HOST, "ready", FLAG, "Whether it runs, all plugins were started, and all tables are initialized."),
    HOST_DEGRADED(
            HOST, "degraded", FLAG, "Whether anything is degraded: what the exit code of the command status says."),
    HOST_UPTIME(HOST, "uptime", SECONDS, "The time since the process was started."),
    HOST_START_TOOK(HOST, "start-took", SECONDS, "The time from the start of the process until the host was ready."),
    HOST_PLUGINS(HOST, "plugins", GAUGE, "Plugin jars that were found, failed ones included."),
    HOST_PLUGINS_ACTIVE(HOST, "plugins-active", GAUGE, "Plugins that run."),
    HOST_PLUGINS_DEGRADED(
            HOST, "plugins-degraded", GAUGE, "Plugins that failed, leaked, or of which a newer jar was refused."),
    HOST_TABLES(HOST, "tables", GAUGE, "Tables of plugins."),
    HOST_TABLES_UNINITIALIZED(HOST, "tables-uninitialized", GAUGE, "Tables of plugins that wait for an initializer."),
    HOST_RECONCILERS(HOST, "reconcilers", GAUGE, "Reconcilers."),
    HOST_RECONCILERS_DEGRADED(HOST, "reconcilers-degraded", GAUGE, "Reconcilers of which something fails or is held."),
    HOST_SOURCES(HOST, "sources", GAUGE, "Sources that are expected or were seen."),
    HOST_SOURCE_PROBLEMS(HOST, "source-problems", GAUGE, "Problems of sources, such as manifests that cannot be read."),
    HOST_HEALTH_DEGRADED(HOST, "health-degraded", GAUGE, "Health lines that are not OK."),
    HOST_REJECTED_ROWS(HOST, "rejected-rows", GAUGE, "Rows that did not fit when their plugin was replaced."),

    DATABASE_TABLES(DATABASE, "tables", GAUGE, "Tables, those of statuses included."),
    DATABASE_OBJECTS(DATABASE, "objects", GAUGE, "Rows in all of them."),
    DATABASE_GRAVEYARD(
            DATABASE, "graveyard", GAUGE, "Deleted rows that wait until every change iterator has seen them."),
    DATABASE_COMMITS(DATABASE, "commits", COUNTER, "Write transactions that were committed."),
    DATABASE_ABORTS(DATABASE, "aborts", COUNTER, "Write transactions that were aborted."),
    DATABASE_DROPPED(
            DATABASE,
            "dropped",
            COUNTER,
            "Write transactions that were forgotten without commit or abort: a bug of whoever opened them."),

    TABLE_OBJECTS(TABLE, "objects", GAUGE, "Rows."),
    TABLE_REVISION(TABLE, "revision", GAUGE, "The revision of the last change."),
    TABLE_GRAVEYARD(TABLE, "graveyard", GAUGE, "Deleted rows that wait until every change iterator has seen them."),
    TABLE_LOW_WATERMARK(
            TABLE,
            "low-watermark",
            GAUGE,
            "The revision up to which every change iterator has seen all; the revision where there is none."),
    TABLE_CHANGE_ITERATORS(TABLE, "change-iterators", GAUGE, "Open change iterators."),
    TABLE_INITIALIZED(TABLE, "initialized", FLAG, "Whether all initializers are done."),
    TABLE_TRANSACTIONS(TABLE, "transactions", TIMER, "Write transactions on it, from having their locks to their end."),
    TABLE_ABORTS(TABLE, "aborts", COUNTER, "Write transactions on it that were aborted."),
    TABLE_DROPPED(
            TABLE,
            "dropped",
            COUNTER,
            "Write transactions on it that were forgotten without commit or abort: a bug of whoever opened them."),
    TABLE_LOCK_WAIT(TABLE, "lock-wait", TIMER, "Waiting for its lock."),

    RECONCILER_OBJECTS(RECONCILER, "objects", GAUGE, "Rows and undone deletes."),
    RECONCILER_DEGRADED(RECONCILER, "degraded", FLAG, "Whether something fails or is held."),
    RECONCILER_FAILING(RECONCILER, "failing", GAUGE, "Rows and undone deletes whose last attempt failed."),
    RECONCILER_OLDEST_FAILURE(
            RECONCILER,
            "oldest-failure",
            SECONDS,
            "How long that one fails that fails for the longest; 0 when none does."),
    RECONCILER_QUEUED(RECONCILER, "queued", GAUGE, "Rows and deletes that wait for an operation, retries included."),
    RECONCILER_RUNNING(RECONCILER, "running", GAUGE, "Operations that run."),
    RECONCILER_PAUSED(RECONCILER, "paused", FLAG, "Whether its mode is paused."),
    RECONCILER_PLANNING(RECONCILER, "planning", FLAG, "Whether its mode is plan."),
    RECONCILER_PAUSED_ROWS(RECONCILER, "paused-rows", GAUGE, "Rows that are paused."),
    RECONCILER_HELD_REMOVALS(
            RECONCILER, "held-removals", GAUGE, "What the prune would remove that is held; 0 when none is."),
    RECONCILER_UPDATE(RECONCILER, "update", TIMER, "Updates, refreshes included."),
    RECONCILER_UPDATE_ERRORS(RECONCILER, "update-errors", COUNTER, "Updates that failed."),
    RECONCILER_DELETE(RECONCILER, "delete", TIMER, "Deletes."),
    RECONCILER_DELETE_ERRORS(RECONCILER, "delete-errors", COUNTER, "Deletes that failed."),
    RECONCILER_REMOVAL(RECONCILER, "removal", TIMER, "Removals of prunes."),
    RECONCILER_REMOVAL_ERRORS(RECONCILER, "removal-errors", COUNTER, "Removals that failed."),
    RECONCILER_OBSERVE(RECONCILER, "observe", TIMER, "Looks at the target that change nothing."),
    RECONCILER_OBSERVE_ERRORS(RECONCILER, "observe-errors", COUNTER, "Looks that failed."),
    RECONCILER_REFRESHES(RECONCILER, "refreshes", COUNTER, "Updates that were refreshes."),
    RECONCILER_RETRIES(RECONCILER, "retries", COUNTER, "Operations that were retries."),
    RECONCILER_PRUNE(
            RECONCILER, "prune", TIMER, "Prunes, held and failed ones included, from the beginning of their search."),
    RECONCILER_PRUNE_ERRORS(RECONCILER, "prune-errors", COUNTER, "Prunes that failed, or of which a removal did."),
    RECONCILER_PRUNES_HELD(RECONCILER, "prunes-held", COUNTER, "Prunes that were held."),
    RECONCILER_PRUNED(RECONCILER, "pruned", COUNTER, "Removals that prunes did."),

    PLUGIN_ACTIVE(PLUGIN, "active", FLAG, "Whether it runs."),
    PLUGIN_DEGRADED(PLUGIN, "degraded", FLAG, "Whether it failed, leaked, or a newer jar of it was refused."),
    PLUGIN_LEAKED(PLUGIN, "leaked", FLAG, "Whether it was stopped and its classes are still there."),
    PLUGIN_STATE_CHANGES(PLUGIN, "state-changes", COUNTER, "How often it came into another state."),
    PLUGIN_READ_FAILURES(PLUGIN, "read-failures", COUNTER, "Reads of its own gauges that threw or took too long."),

    OF_PLUGIN_VALUE(OF_PLUGIN, "value", GAUGE, "A gauge of the plugin: what it says when it is asked."),
    OF_PLUGIN_EVENTS(OF_PLUGIN, "events", COUNTER, "A counter of the plugin."),
    OF_PLUGIN_DURATION(OF_PLUGIN, "duration", TIMER, "A stopwatch of the plugin."),

    HTTP_REQUESTS(HTTP, "requests", TIMER, "Requests that were answered, whatever the answer."),
    HTTP_REFUSED(HTTP, "refused", COUNTER, "Clients that got no answer: too many at once, too slow, or gone."),

    PROCESS_CPU(PROCESS, "cpu", SECONDS_COUNTER, "Processor time of the process."),
    PROCESS_OPEN_FILES(PROCESS, "open-files", GAUGE, "Open file descriptors.", "process_open_fds"),
    PROCESS_MAX_FILES(PROCESS, "max-files", GAUGE, "The most file descriptors that may be open.", "process_max_fds"),
    PROCESS_START_TIME(
            PROCESS, "start-time", SECONDS, "When the process was started, as seconds since 1970-01-01 UTC."),

    JVM_VERSION(JVM, "version", INFO, "The version of the virtual machine.", "jvm_runtime"),
    JVM_THREADS(JVM, "threads", GAUGE, "Platform threads.", "jvm_threads_current"),
    JVM_THREADS_DAEMON(JVM, "threads-daemon", GAUGE, "Platform threads that do not keep the process alive."),
    JVM_THREADS_PEAK(JVM, "threads-peak", GAUGE, "The most platform threads that there were at once."),
    JVM_THREADS_STARTED(JVM, "threads-started", COUNTER, "Platform threads that were started."),
    JVM_THREADS_DEADLOCKED(JVM, "threads-deadlocked", GAUGE, "Platform threads that wait for one another for ever."),
    JVM_CARRIERS(
            JVM,
            "carriers",
            GAUGE,
            "Platform threads that virtual threads may run on at once; the host adds some when plugin code does not"
                    + " pause."),
    JVM_VIRTUAL_MOUNTED(JVM, "virtual-threads-mounted", GAUGE, "Virtual threads that run."),
    JVM_VIRTUAL_QUEUED(JVM, "virtual-threads-queued", GAUGE, "Virtual threads that could run and wait for a carrier."),
    JVM_CLASSES(JVM, "classes", GAUGE, "Classes that are loaded.", "jvm_classes_currently_loaded"),
    JVM_CLASSES_LOADED(JVM, "classes-loaded", COUNTER, "Classes that were ever loaded."),
    JVM_CLASSES_UNLOADED(JVM, "classes-unloaded", COUNTER, "Classes that were unloaded."),

    AREA_USED(JVM_AREA, "used", BYTES, "Memory in use."),
    AREA_COMMITTED(JVM_AREA, "committed", BYTES, "Memory that the system has given."),
    AREA_MAX(JVM_AREA, "max", BYTES, "The most that it may become; -1 where there is no limit."),
    POOL_USED(JVM_POOL, "used", BYTES, "Memory in use."),
    POOL_COMMITTED(JVM_POOL, "committed", BYTES, "Memory that the system has given."),
    POOL_MAX(JVM_POOL, "max", BYTES, "The most that it may become; -1 where there is no limit."),
    POOL_COLLECTION_USED(
            JVM_POOL,
            "collection-used",
            BYTES,
            "Memory in use after the last collection; pools that are collected have it."),
    COLLECTOR_COLLECTIONS(JVM_COLLECTOR, "collections", COUNTER, "Collections."),
    COLLECTOR_TIME(JVM_COLLECTOR, "collection", SECONDS_COUNTER, "Time in collections."),
    BUFFERS_USED(JVM_BUFFERS, "used", BYTES, "Memory in use."),
    BUFFERS_CAPACITY(JVM_BUFFERS, "capacity", BYTES, "What the buffers can hold."),
    BUFFERS_COUNT(JVM_BUFFERS, "used-buffers", GAUGE, "Buffers.");

    private final Subject subject;
    private final String figure;
    private final Form form;
    private final String help;
    private final String exposed;

    Figure(Subject subject, String figure, Form form, String help) {
        this(subject, figure, form, help, subject.exposed() + figure.replace('-', '_'));
    }

    /** @param exposed what others call the same, without its unit */
    Figure(Subject subject, String figure, Form form, String help, String exposed) {
        this.subject = subject;
        this.figure = figure;
        this.form = form;
        this.help = help;
        this.exposed = exposed + form.unit();
    }

    /** What it is about. */
    Subject subject() {
        return subject;
    }

    /** How its values come about, and what they count. */
    Form form() {
        return form;
    }

    /** One sentence for a person. */
    String help() {
        return help;
    }

    /** Its name, with what differs in capitals: {@code tables.TABLE.objects}. */
    String pattern() {
        return subject == OF_PLUGIN ? subject.pattern() : subject.pattern() + figure;
    }

    /** Its name for that one of its subjects. */
    String of(String name) {
        return subject == OF_PLUGIN ? subject.prefix(name) : subject.prefix(name) + figure;
    }

    /** Its name for Prometheus, without the ending that its form adds. */
    String exposed() {
        return exposed;
    }
}
