package dev.homeostat.host.mxbean;

import java.util.List;
import java.util.Map;

/** A reconciler as a JMX client sees it. */
@About("Moves a target system toward what a table desires. Its options are attributes too, and can be set.")
public interface ReconcilerMXBean {
    @About("The full name: table/name.")
    @Unit(Units.NAME)
    String getName();

    @About("The table with the desired state.")
    @Unit(Units.NAME)
    String getTable();

    @About("The plugin that contributed it.")
    @Unit(Units.NAME)
    String getPlugin();

    @About("Whether nothing fails.")
    @Unit(Units.FLAG)
    boolean isOk();

    @About("How it goes, in one line.")
    @Unit(Units.TEXT)
    String getHealth();

    @About("The number of rows and undone deletes. Deletes that were not come to are counted once after each change,"
            + " 64 at a time.")
    @Unit(Units.ROWS)
    long getObjects();

    @About("The number of them whose last attempt failed.")
    @Unit(Units.ROWS)
    long getFailing();

    @About("The number of those that wait for another row.")
    @Unit(Units.ROWS)
    long getBlocked();

    @About("Up to ten of those that fail, in the order in which they began to; the operation failures lists more.")
    @Unit(Units.COMPOSITE)
    List<FailingRow> getFailures();

    @About("What fails, by equal errors: up to ten kinds, those of the most rows first.")
    @Unit(Units.COMPOSITE)
    List<FailureGroupInfo> getFailuresByError();

    @About("The error that came last among those that Failures lists; empty when none fails.")
    @Unit(Units.TEXT)
    String getLastError();

    @About("When the next of those that Failures lists is tried again; empty when none is to be.")
    @Unit(Units.TIME)
    String getNextRetry();

    @About("What fails besides single rows: prunes, operations that hang.")
    @Unit(Units.TEXT)
    List<String> getProblems();

    @About("The prune that is held, with its number and why; number 0 when none is. Confirm it with confirmPrune.")
    @Unit(Units.COMPOSITE)
    HeldPruneInfo getHeldPrune();

    @About("What the next prune waits for, or when it comes.")
    @Unit(Units.TEXT)
    String getPruneState();

    @About("The initializers of the table that pruning waits for.")
    @Unit(Units.NAME)
    List<String> getPruneWaitsFor();

    @About("The options in force.")
    @Unit(Units.TEXT)
    String getOptions();

    @About("Each option with its value and who says so: default, plugin, a place in the configuration, or a command (of"
            + " JMX, too).")
    @Unit(Units.COMPOSITE)
    Map<String, OptionInfo> getOptionSources();

    @About("The number of rows that are paused. Takes time in proportion to it.")
    @Unit(Units.ROWS)
    long getPausedRows();

    @About("The first ten of the rows that are paused; the operation show lists all. End a pause with resumeRow.")
    @Unit(Units.KEY)
    List<String> getFirstPausedRows();

    @About("Updates that ended, failed ones and refreshes included.")
    @Unit(Units.OPERATIONS)
    long getUpdates();

    @About("Deletes that ended, failed ones included.")
    @Unit(Units.OPERATIONS)
    long getDeletes();

    @About("Updates that checked a row which was done.")
    @Unit(Units.OPERATIONS)
    long getRefreshes();

    @About("Operations that were retries.")
    @Unit(Units.OPERATIONS)
    long getRetries();

    @About("Operations that failed.")
    @Unit(Units.OPERATIONS)
    long getErrors();

    @About("Prunes that ended, failed and held ones included.")
    @Unit(Units.PRUNES)
    long getPrunes();

    @About("Removals that prunes did.")
    @Unit(Units.REMOVALS)
    long getPruned();

    @About("Prunes that failed, and removals that failed.")
    @Unit(Units.REMOVALS)
    long getPruneErrors();

    @About("Rows and deletes that wait for an operation now, retries included. Rows that have changed and were not"
            + " come to, as in a pause, are counted once after each change, 64 at a time.")
    @Unit(Units.ROWS)
    long getQueued();

    @About("Operations that run now.")
    @Unit(Units.OPERATIONS)
    long getRunning();

    @About("All about it, with the whole list of a held prune and of paused rows: the same as the command \"homeostat"
            + " -o json reconcilers\" has of it.")
    @Unit(Units.JSON)
    String show();

    @About(value = "Prunes now and waits up to 30 seconds for the result.", acts = true)
    @Unit(Units.JSON)
    String prune();

    @About(value = "Prunes now and waits for the result.", acts = true)
    @Unit(Units.JSON)
    String prune(
            @About(name = "timeoutMillis", value = "How long to wait at most.") @Unit(Units.MILLISECONDS)
                    long timeoutMillis);

    @About(value = "Runs a held prune, with exactly its list, and waits up to 30 seconds for the result.", acts = true)
    @Unit(Units.JSON)
    String confirmPrune(
            @About(name = "number", value = "The number of the held prune.") @Unit(Units.NUMBER) long number);

    @About(value = "Runs a held prune, with exactly its list, and waits for the result.", acts = true)
    @Unit(Units.JSON)
    String confirmPrune(
            @About(name = "number", value = "The number of the held prune.") @Unit(Units.NUMBER) long number,
            @About(name = "timeoutMillis", value = "How long to wait at most.") @Unit(Units.MILLISECONDS)
                    long timeoutMillis);

    @About(value = "Tries a row now, whatever its status.", acts = true)
    @Unit(Units.JSON)
    String retry(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);

    @About(value = "Tries all rows now that fail.", acts = true)
    @Unit(Units.JSON)
    String retryFailing();

    @About(value = "Checks all done rows again, at the refresh rate.", acts = true)
    @Unit(Units.JSON)
    String refresh();

    @About(value = "Checks a row again, if it is done.", acts = true)
    @Unit(Units.JSON)
    String refreshRow(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);

    @About(value = "Lets nothing begin until it is resumed, also after a restart.", acts = true)
    @Unit(Units.JSON)
    String pause();

    @About(value = "Lets nothing begin on a row until it is resumed, also after a restart.", acts = true)
    @Unit(Units.JSON)
    String pauseRow(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);

    @About(value = "Ends the pause: what waited goes on.", acts = true)
    @Unit(Units.JSON)
    String resume();

    @About(value = "Ends the pause of a row.", acts = true)
    @Unit(Units.JSON)
    String resumeRow(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);

    @About(value = "Takes back options that were set by command or here.", acts = true)
    @Unit(Units.JSON)
    String resetOptions(
            @About(name = "options", value = "Their names, such as retry-min, with commas; empty for all.")
                    @Unit(Units.NAME)
                    String options);

    @About("The rows that fail, in the order in which they began to, one a line; refuses more than 10000.")
    @Unit(Units.JSON)
    String failures(@About(name = "limit", value = "How many at most.") @Unit(Units.ROWS) int limit);

    @About("What it would do, if its mode were apply, one change a line; refuses more than 10000.")
    @Unit(Units.JSON)
    String plan();

    @About("Looks at the target of all done rows, changes nothing, and says where it differs; takes as long as the"
            + " rows need at the refresh rate.")
    @Unit(Units.JSON)
    String observe();

    @About("Looks at the target of all done rows, changes nothing, and says where it differs.")
    @Unit(Units.JSON)
    String observe(
            @About(name = "timeoutMillis", value = "How long to wait at most.") @Unit(Units.MILLISECONDS)
                    long timeoutMillis);

    @About("The latest attempts at a row that are still remembered, newest first.")
    @Unit(Units.COMPOSITE)
    List<AttemptInfo> attempts(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);

    @About("Why a row is as it is: status, attempts, what comes next.")
    @Unit(Units.JSON)
    String explain(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);
}
