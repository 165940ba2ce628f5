package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.wire.Doc;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How much of a table is shown: which rows, how many of them, and which of their fields. */
final class Selection {
    private static final String WHERE = "--where";
    private static final String LIMIT = "--limit";
    private static final String COLUMNS = "--columns";

    private Selection() {}

    /** Adds the options for all three. */
    static CommandSpec on(CommandSpec command, String limited) {
        return command.addOption(OptionSpec.builder(WHERE)
                        .paramLabel("FIELD=VALUE")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .description("Only rows with that value: of a field (a.b for one within another, of a list any"
                                + " item), of the key, or of the status (done, error, ...). All of several.")
                        .build())
                .addOption(OptionSpec.builder(LIMIT)
                        .paramLabel("COUNT")
                        .type(String.class)
                        .description(limited)
                        .build())
                .addOption(OptionSpec.builder(COLUMNS)
                        .paramLabel("FIELD,...")
                        .type(String.class)
                        .description("Only these fields, in this order; also status and revision.")
                        .build());
    }

    /** The parameters of a request, besides those of the given names. */
    static Map<String, Object> params(Words words, String... names) throws CommandException {
        Map<String, Object> params = new LinkedHashMap<>(words.params(names));
        if (words.has(LIMIT)) {
            long limit = words.number(LIMIT);
            if (limit <= 0) {
                throw new CommandException(ExitCode.USAGE, "--limit: must be positive, but was " + limit, "");
            }
            params.put("limit", limit);
        }
        if (words.has(WHERE)) {
            params.put("where", words.list(WHERE));
        }
        return params;
    }

    /** The fields to show; empty for those that there are. */
    static List<String> columns(Words words) throws CommandException {
        if (!words.has(COLUMNS)) {
            return List.of();
        }
        List<String> columns =
                Arrays.stream(words.text(COLUMNS).split(",")).map(String::strip).toList();
        if (columns.isEmpty() || columns.contains("")) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--columns: must be names of fields with commas between them, but was \"" + words.text(COLUMNS)
                            + "\"",
                    "");
        }
        return columns;
    }

    /** The value of a field, {@code a.b} for one within another; null where there is none. */
    static @Nullable Object value(Doc values, String field) {
        Object whole = values.fields().get(field);
        int dot = field.indexOf('.');
        return whole != null || dot < 0 ? whole : value(values.doc(field.substring(0, dot)), field.substring(dot + 1));
    }
}
