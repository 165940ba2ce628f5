package dev.homeostat.host.mxbean;

/** The host as a JMX client sees it. */
@About("A host that keeps a system in its desired state.")
public interface HostMXBean {
    @About("The version of the host and of the plugin API.")
    String getVersion();

    @About("STARTING, RUNNING, STOPPING or STOPPED.")
    String getState();

    @About("The directory with configuration, plugins, manifests, data and logs.")
    String getHome();

    @About("When the process was started.")
    String getStartedAt();

    @About("The milliseconds from the start of the process until the host was ready; -1 before.")
    long getReadyAfterMillis();

    @About("Whether anything is wrong: see Problems.")
    boolean isDegraded();

    @About("What is wrong, one line each: failed plugins, failing rows, held prunes, sources, health.")
    String[] getProblems();

    @About("The plugins with their states.")
    String[] getPlugins();

    @About("The names of the tables.")
    String[] getTables();

    @About("The full names of the reconcilers.")
    String[] getReconcilers();

    @About("The sources with their states.")
    String[] getSources();

    @About("The rows that did not fit when their table's plugin was replaced, and why. They are tried again whenever"
            + " the table is made.")
    String[] getRejectedRows();

    @About("Forgets a row that did not fit, for good; gives the result as JSON.")
    String forgetRejectedRow(
            @About(name = "table", value = "The name of the table.") String table,
            @About(name = "key", value = "The key, as RejectedRows has it.") String key);

    @About("The same as the command \"homeostat -o json status\".")
    String status();

    @About("What is wrong with the configuration: the same as the command \"homeostat -o json config check\".")
    String configCheck();

    @About("All settings with where they come from: the same as the command \"homeostat -o json config show\".")
    String configShow();

    @About("Waits until all that is desired now was done or failed for good, at most 30 seconds; gives the result as"
            + " JSON.")
    String waitForReconciliation();
}
