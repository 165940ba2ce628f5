package dev.homeostat.cli.rows;

import static dev.homeostat.cli.command.Specs.KEY;
import static dev.homeostat.cli.command.Specs.NAME;
import static dev.homeostat.cli.command.Specs.TABLE;
import static dev.homeostat.cli.command.Specs.group;
import static dev.homeostat.cli.command.Specs.leaf;
import static dev.homeostat.cli.command.Specs.optional;
import static dev.homeostat.cli.command.Specs.param;

import dev.homeostat.cli.command.Action;
import dev.homeostat.cli.command.Confirmation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code homeostat db} and all below it, with their words and help. */
public final class DbCommands {
    private static final String MOST_ROWS = "Shows that many rows at most.";

    private DbCommands() {}

    /**
     * The command.
     *
     * @param whole whether with the commands below it
     */
    public static CommandSpec spec(boolean whole) {
        CommandSpec db = group("db", "Looks into the tables, and writes rows.");
        if (!whole) {
            return db;
        }
        db.addSubcommand("tables", leaf("The tables, with the number of rows and the revision.", TableList::run));
        db.addSubcommand(
                "show",
                Selection.on(
                        leaf("All rows of a table with their status, undone deletes included.", RowsCommand::show)
                                .addPositional(param(0, TABLE, "The table.")),
                        MOST_ROWS));
        db.addSubcommand("get", query("One row in full.", GetCommand::run));
        db.addSubcommand(
                "list",
                Selection.on(
                        query("The rows with exactly this key; of prefixes, the longest match.", RowsCommand::list),
                        MOST_ROWS));
        db.addSubcommand(
                "prefix",
                Selection.on(
                        query(
                                "The rows whose key begins so; of prefixes, those that it contains.",
                                RowsCommand::prefix),
                        MOST_ROWS));
        db.addSubcommand(
                "lowerbound", Selection.on(query("The rows from this key on.", RowsCommand::lowerbound), MOST_ROWS));
        db.addSubcommand("watch", watch());
        db.addSubcommand("insert", insert());
        db.addSubcommand(
                "delete",
                leaf("Takes a row out of its table; one that a file wants is refused.", DeleteCommand::run)
                        .addPositional(param(0, TABLE, "The table."))
                        .addPositional(param(1, KEY, "The primary key."))
                        .addOption(Confirmation.option()));
        db.addSubcommand(
                "dump",
                Selection.on(
                        leaf("All rows as JSON, one a line, of one snapshot.", DumpCommand::run)
                                .addPositional(optional(0, TABLE, "Dumps this table only.")),
                        "Dumps that many rows at most."));
        db.addSubcommand(
                "rejected",
                leaf("The rows that did not fit when their plugin was replaced, and why.", RejectedCommand::run)
                        .addPositional(optional(0, TABLE, "Those of this table only."))
                        .addOption(OptionSpec.builder("--forget")
                                .paramLabel(KEY)
                                .type(String.class)
                                .description("Forgets that row of the table, for good.")
                                .build())
                        .addOption(Confirmation.option()));
        return db;
    }

    private static CommandSpec watch() {
        CommandSpec watch = leaf("What changes in a table, as it changes, until Ctrl-C.", WatchCommand::run)
                .addPositional(param(0, TABLE, "The table."))
                .addOption(OptionSpec.builder("--initial")
                        .type(boolean.class)
                        .description("Shows the rows that are there first.")
                        .build());
        watch.usageMessage()
                .footer(
                        "",
                        "A row that changes faster than it can be shown is shown in its newest state.",
                        "With -o json, one document a line.");
        return Selection.on(watch, "Ends after that many changes.");
    }

    private static CommandSpec insert() {
        CommandSpec insert = leaf("Stores the rows of a file, YAML or JSON: all of them, or none.", InsertCommand::run)
                .addPositional(param(0, TABLE, "The table."))
                .addOption(OptionSpec.builder("-f", "--file")
                        .required(true)
                        .paramLabel("FILE")
                        .type(String.class)
                        .description("A row (fields and values), a list of rows, or several such documents; - for"
                                + " standard input.")
                        .build());
        insert.usageMessage().footer("", "Such rows last until the host stops. Rows that a file wants are refused.");
        return insert;
    }

    private static CommandSpec query(String description, Action action) {
        return leaf(description, action)
                .addPositional(param(0, TABLE, "The table."))
                .addPositional(param(1, KEY, "The key, as the index has it."))
                .addOption(OptionSpec.builder("--index")
                        .paramLabel(NAME)
                        .type(String.class)
                        .description("The index to search; otherwise the primary one.")
                        .build());
    }
}
