package dev.homeostat.host.mxbean;

/** A table as a JMX client sees it. */
@About("A table of the state database.")
public interface TableMXBean {
    @About("The name of the table.")
    String getName();

    @About("The plugin that owns it.")
    String getPlugin();

    @About("The number of rows.")
    long getObjects();

    @About("The revision of the last change; 0 for a new table.")
    long getRevision();

    @About("Whether all initializers are done. Nothing is pruned before.")
    boolean isInitialized();

    @About("The initializers that are not done: what the table waits for.")
    String[] getPendingInitializers();

    @About("The indexes, the primary one first.")
    String[] getIndexes();

    @About("Whether manifests and the command may write rows.")
    boolean isAcceptsSources();

    @About("The number of deleted rows that wait for change iterators.")
    long getGraveyard();

    @About("The revision up to which every change iterator has seen all.")
    long getLowWatermark();

    @About("The number of open change iterators: those that follow the table.")
    int getChangeIterators();

    @About("All rows with their status, undone deletes included, as JSON, one a line; refuses more than 10000.")
    String show();

    @About("One row with its status, as JSON.")
    String get(@About(name = "key", value = "The primary key as text.") String key);

    @About("The rows whose key in an index begins so, as JSON, one a line; refuses more than 10000.")
    String prefix(
            @About(name = "index", value = "The name of the index; empty for the primary one.") String index,
            @About(name = "key", value = "How the key begins.") String key);

    @About("Why a row is as it is: status, attempts, what comes next; as JSON.")
    String explain(@About(name = "key", value = "The primary key as text.") String key);
}
