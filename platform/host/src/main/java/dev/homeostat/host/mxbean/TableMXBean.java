package dev.homeostat.host.mxbean;

import java.util.List;

/** A table as a JMX client sees it. */
@About("A table of the state database.")
public interface TableMXBean {
    @About("The name of the table.")
    @Unit(Units.NAME)
    String getName();

    @About("The plugin that owns it.")
    @Unit(Units.NAME)
    String getPlugin();

    @About("The number of rows.")
    @Unit(Units.ROWS)
    long getObjects();

    @About("The revision of the last change; 0 for a new table.")
    @Unit(Units.REVISION)
    long getRevision();

    @About("Whether all initializers are done. Nothing is pruned before.")
    @Unit(Units.FLAG)
    boolean isInitialized();

    @About("The initializers that are not done: what the table waits for.")
    @Unit(Units.NAME)
    List<String> getPendingInitializers();

    @About("The indexes, the primary one first.")
    @Unit(Units.TEXT)
    List<String> getIndexes();

    @About("Whether manifests and the command may write rows.")
    @Unit(Units.FLAG)
    boolean isAcceptsSources();

    @About("The number of deleted rows that wait for change iterators.")
    @Unit(Units.ROWS)
    long getGraveyard();

    @About("The revision up to which every change iterator has seen all. Asks each change iterator.")
    @Unit(Units.REVISION)
    long getLowWatermark();

    @About("The number of open change iterators: those that follow the table.")
    @Unit(Units.ITERATORS)
    int getChangeIterators();

    @About("All rows with their status, undone deletes included, one a line; refuses more than 10000.")
    @Unit(Units.JSON)
    String show();

    @About("The first rows with their status that have a value in a field, undone deletes included, one a line; refuses"
            + " more than 10000. Looks at all rows until it has found as many, for 30 seconds at most.")
    @Unit(Units.JSON)
    String show(
            @About(name = "where", value = "FIELD=VALUE that a row must have; empty for all of them.") @Unit(Units.TEXT)
                    String where,
            @About(name = "limit", value = "How many at most.") @Unit(Units.ROWS) int limit);

    @About("All rows as show has them, each with the name of its table; refuses more than 10000.")
    @Unit(Units.JSON)
    String dump();

    @About("One row with its status.")
    @Unit(Units.JSON)
    String get(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);

    @About("The first row that has the key in an index, with its status.")
    @Unit(Units.JSON)
    String get(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "key", value = "The key in that index, as text.") @Unit(Units.KEY) String key);

    @About("Up to a hundred keys of an index whose text begins so, those of undone deletes included.")
    @Unit(Units.JSON)
    String keys(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "prefix", value = "How the keys begin; may be empty.") @Unit(Units.KEY) String prefix);

    @About("The rows that have the key in an index, one a line; refuses more than 10000.")
    @Unit(Units.JSON)
    String list(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "key", value = "The key in that index, as text.") @Unit(Units.KEY) String key);

    @About("The first of the rows that have the key in an index and a value in a field, one a line; refuses more than"
            + " 10000.")
    @Unit(Units.JSON)
    String list(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "key", value = "The key in that index, as text.") @Unit(Units.KEY) String key,
            @About(name = "where", value = "FIELD=VALUE that a row must have; empty for all of them.") @Unit(Units.TEXT)
                    String where,
            @About(name = "limit", value = "How many at most.") @Unit(Units.ROWS) int limit);

    @About("The rows whose key in an index begins so, one a line; refuses more than 10000.")
    @Unit(Units.JSON)
    String prefix(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "key", value = "How the key begins.") @Unit(Units.KEY) String key);

    @About("The first of the rows whose key in an index begins so and that have a value in a field, one a line; refuses"
            + " more than 10000.")
    @Unit(Units.JSON)
    String prefix(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "key", value = "How the key begins.") @Unit(Units.KEY) String key,
            @About(name = "where", value = "FIELD=VALUE that a row must have; empty for all of them.") @Unit(Units.TEXT)
                    String where,
            @About(name = "limit", value = "How many at most.") @Unit(Units.ROWS) int limit);

    @About("The rows whose key in an index is that one or comes after it, in its order, one a line; refuses more than"
            + " 10000.")
    @Unit(Units.JSON)
    String lowerBound(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "key", value = "The lowest key.") @Unit(Units.KEY) String key);

    @About("The first of the rows from a key of an index on that have a value in a field, in its order, one a line:"
            + " begin with the last key of one page to read the next. Refuses more than 10000.")
    @Unit(Units.JSON)
    String lowerBound(
            @About(name = "index", value = "The name of the index; empty for the primary one.") @Unit(Units.NAME)
                    String index,
            @About(name = "key", value = "The lowest key.") @Unit(Units.KEY) String key,
            @About(name = "where", value = "FIELD=VALUE that a row must have; empty for all of them.") @Unit(Units.TEXT)
                    String where,
            @About(name = "limit", value = "How many at most.") @Unit(Units.ROWS) int limit);

    @About(
            value = "Writes rows, as YAML or JSON: one row, a list of them, or several documents. They last until the"
                    + " host stops; rows that a file owns are refused.",
            acts = true)
    @Unit(Units.JSON)
    String insert(
            @About(name = "document", value = "The rows; each is a mapping of fields.") @Unit(Units.TEXT)
                    String document);

    @About(value = "Deletes a row; one that a file owns is refused.", acts = true)
    @Unit(Units.JSON)
    String delete(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);

    @About("Why a row is as it is: status, attempts, what comes next.")
    @Unit(Units.JSON)
    String explain(@About(name = "key", value = "The primary key as text.") @Unit(Units.KEY) String key);
}
