package dev.homeostat.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How a command is described to the parser: by hand and not by annotations, for reading those takes longer than the call to the host. */
public final class Specs {
    /** The label of a table's name. */
    public static final String TABLE = "TABLE";

    /** The label of a row's key. */
    public static final String KEY = "KEY";

    /** The label of the name of a reconciler or an index. */
    public static final String NAME = "NAME";

    private Specs() {}

    /** A command that only has others below it. */
    public static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        return spec;
    }

    /** A command that does something. */
    public static CommandSpec leaf(String description, Action action) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(action);
        spec.usageMessage().description(description);
        return spec;
    }

    /** A word that must be given. */
    public static PositionalParamSpec param(int index, String label, String description) {
        return positional(index, label, description).required(true).build();
    }

    /** A word that may be left out. */
    public static PositionalParamSpec optional(int index, String label, String description) {
        return positional(index, label, description)
                .required(false)
                .arity("0..1")
                .build();
    }

    private static PositionalParamSpec.Builder positional(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .paramLabel(label)
                .type(String.class)
                .description(description);
    }

    /** How long to wait. */
    public static OptionSpec timeout() {
        return timeout("30s");
    }

    /**
     * The same where another time is usual.
     *
     * @param otherwise how long where nothing is said
     */
    public static OptionSpec timeout(String otherwise) {
        return OptionSpec.builder("--timeout")
                .paramLabel("TIME")
                .type(String.class)
                .description("How long to wait, such as 500ms, 30s, 5m; otherwise " + otherwise + ".")
                .build();
    }
}
