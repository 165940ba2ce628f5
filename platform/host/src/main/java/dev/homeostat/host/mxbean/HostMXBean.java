package dev.homeostat.host.mxbean;

import java.util.List;

/** The host as a JMX client sees it. */
@About("A host that keeps a system in its desired state.")
public interface HostMXBean {
    @About("The version of the host and of the plugin API.")
    @Unit(Units.TEXT)
    String getVersion();

    @About("STARTING, RUNNING, STOPPING or STOPPED.")
    @Unit(Units.WORD)
    String getState();

    @About("The directory with configuration, plugins, manifests, data and logs.")
    @Unit(Units.TEXT)
    String getHome();

    @About("The number of the process.")
    @Unit(Units.NUMBER)
    long getPid();

    @About("When the process was started.")
    @Unit(Units.TIME)
    String getStartedAt();

    @About("How long it took from the start of the process until the host was ready; -1 before.")
    @Unit(Units.MILLISECONDS)
    long getReadyAfterMillis();

    @About("Whether anything is wrong: see Problems. Asks each plugin, reconciler and source.")
    @Unit(Units.FLAG)
    boolean isDegraded();

    @About("What is wrong and how much of it, in one sentence. Asks each plugin, reconciler and source.")
    @Unit(Units.TEXT)
    String getVerdict();

    @About("Since when the oldest of what is wrong has been so; empty while all is well. Asks each plugin, reconciler"
            + " and source.")
    @Unit(Units.TIME)
    String getDegradedSince();

    @About("What is wrong, one line each: failed plugins, failing rows, held prunes, sources, health. The first"
            + " hundred; the last line then says how many more there are. Asks each plugin, reconciler and"
            + " source.")
    @Unit(Units.TEXT)
    List<String> getProblems();

    @About("The plugins with their states.")
    @Unit(Units.COMPOSITE)
    List<PluginInfo> getPlugins();

    @About("The tables, with their numbers of rows.")
    @Unit(Units.COMPOSITE)
    List<TableInfo> getTables();

    @About("The reconcilers, and how each goes.")
    @Unit(Units.COMPOSITE)
    List<ReconcilerInfo> getReconcilers();

    @About("The sources with their states.")
    @Unit(Units.COMPOSITE)
    List<SourceInfo> getSources();

    @About("What jobs, health reporters and the host itself say of how they go.")
    @Unit(Units.COMPOSITE)
    List<HealthInfo> getHealth();

    @About("The number of rows that did not fit when their table's plugin was replaced. They are tried again whenever"
            + " the table is made.")
    @Unit(Units.ROWS)
    long getRejectedRows();

    @About("The first ten of the rows that did not fit, and why; the operation rejectedRows lists all.")
    @Unit(Units.COMPOSITE)
    List<RejectedInfo> getFirstRejectedRows();

    @About("All that is there and how it goes: the same as the command \"homeostat -o json status\".")
    @Unit(Units.JSON)
    String status();

    @About("The rows that did not fit when their table's plugin was replaced, one a line; refuses more than 10000.")
    @Unit(Units.JSON)
    String rejectedRows(
            @About(name = "table", value = "The name of the table; empty for all tables.") @Unit(Units.NAME)
                    String table);

    @About(value = "Forgets a row that did not fit, for good.", acts = true)
    @Unit(Units.JSON)
    String forgetRejectedRow(
            @About(name = "table", value = "The name of the table.") @Unit(Units.NAME) String table,
            @About(name = "key", value = "The key, as rejectedRows has it.") @Unit(Units.KEY) String key);

    @About("What a start would say of plugin jars; runs no code of them.")
    @Unit(Units.JSON)
    String checkPlugins(
            @About(name = "jars", value = "Absolute paths of jars, with commas; empty for all of the home.")
                    @Unit(Units.TEXT)
                    String jars);

    @About("What is wrong with the configuration: the same as the command \"homeostat -o json config check\".")
    @Unit(Units.JSON)
    String configCheck();

    @About("All settings with where they come from: the same as the command \"homeostat -o json config show\".")
    @Unit(Units.JSON)
    String configShow();

    @About("Waits until all that is desired now was done or failed for good, at most 30 seconds.")
    @Unit(Units.JSON)
    String waitForReconciliation();

    @About("Waits until all that is desired now was done or failed for good.")
    @Unit(Units.JSON)
    String waitForReconciliation(
            @About(name = "table", value = "The name of the table; empty for all tables.") @Unit(Units.NAME)
                    String table,
            @About(name = "timeoutMillis", value = "How long to wait at most.") @Unit(Units.MILLISECONDS)
                    long timeoutMillis);
}
