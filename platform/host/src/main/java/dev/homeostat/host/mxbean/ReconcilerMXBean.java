package dev.homeostat.host.mxbean;

/** A reconciler as a JMX client sees it. */
@About("Moves a target system toward what a table desires. Its options are attributes too, and can be set.")
public interface ReconcilerMXBean {
    @About("The full name: table/name.")
    String getName();

    @About("The table with the desired state.")
    String getTable();

    @About("The plugin that contributed it.")
    String getPlugin();

    @About("Whether nothing fails.")
    boolean isOk();

    @About("How it goes, in one line.")
    String getHealth();

    @About("The number of rows and undone deletes.")
    long getObjects();

    @About("The number of them whose last attempt failed.")
    long getFailing();

    @About("The number of those that wait for another row.")
    long getBlocked();

    @About("Up to ten of those that fail, with reason and next attempt; the operation failures lists more.")
    String[] getFailures();

    @About("The error of the row that failed last; empty when none fails.")
    String getLastError();

    @About("When the next of the failing rows is tried again; empty when none is to be.")
    String getNextRetry();

    @About("What fails besides single rows: prunes, operations that hang.")
    String[] getProblems();

    @About("Why a prune is held, with its number; empty when none is. Confirm it with confirmPrune.")
    String getHeldPrune();

    @About("What the held prune would remove.")
    String[] getHeldPruneRemovals();

    @About("The initializers of the table that pruning waits for.")
    String[] getPruneWaitsFor();

    @About("The options in force.")
    String getOptions();

    @About("Each option with its value and who says so: default, plugin, a place in the configuration, or a command.")
    String[] getOptionSources();

    @About("The rows that are paused. End a pause with resumeRow.")
    String[] getPausedRows();

    @About("Updates that ended, failed ones and refreshes included.")
    long getUpdates();

    @About("Deletes that ended, failed ones included.")
    long getDeletes();

    @About("Updates that checked a row which was done.")
    long getRefreshes();

    @About("Operations that were retries.")
    long getRetries();

    @About("Operations that failed.")
    long getErrors();

    @About("Prunes that ended, failed and held ones included.")
    long getPrunes();

    @About("Removals that prunes did.")
    long getPruned();

    @About("Prunes that failed, and removals that failed.")
    long getPruneErrors();

    @About("Rows and deletes that wait for an operation now, retries included.")
    long getQueued();

    @About("Operations that run now.")
    long getRunning();

    @About(value = "Prunes now and waits up to 30 seconds for the result; gives it as JSON.", acts = true)
    String prune();

    @About(value = "Runs a held prune, with exactly its list; gives the result as JSON.", acts = true)
    String confirmPrune(@About(name = "number", value = "The number of the held prune.") long number);

    @About(value = "Tries a row now, whatever its status.", acts = true)
    String retry(@About(name = "key", value = "The primary key as text.") String key);

    @About(value = "Tries all rows now that fail.", acts = true)
    String retryFailing();

    @About(value = "Checks all done rows again, at the refresh rate.", acts = true)
    String refresh();

    @About(value = "Checks a row again, if it is done.", acts = true)
    String refreshRow(@About(name = "key", value = "The primary key as text.") String key);

    @About(value = "Lets nothing begin until it is resumed, also after a restart.", acts = true)
    String pause();

    @About(value = "Lets nothing begin on a row until it is resumed, also after a restart.", acts = true)
    String pauseRow(@About(name = "key", value = "The primary key as text.") String key);

    @About(value = "Ends the pause: what waited goes on.", acts = true)
    String resume();

    @About(value = "Ends the pause of a row.", acts = true)
    String resumeRow(@About(name = "key", value = "The primary key as text.") String key);

    @About(value = "Takes back options that were set by command or here.", acts = true)
    String resetOptions(
            @About(name = "options", value = "Their names, such as retry-min, with commas; empty for all.")
                    String options);

    @About("The rows that fail, in the order in which they began to; one a line, as JSON.")
    String failures(@About(name = "limit", value = "How many at most.") int limit);

    @About("What it would do, if its mode were apply; one change a line, as JSON.")
    String plan();

    @About("Looks at the target of all done rows, changes nothing, and says where it differs; as JSON.")
    String observe();

    @About("Why a row is as it is: status, attempts, what comes next; as JSON.")
    String explain(@About(name = "key", value = "The primary key as text.") String key);
}
