package dev.homeostat.cli.command;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The words that a user gave, by the names of the options ({@code --timeout}) and parameters ({@code TABLE}). */
public final class Words {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");

    /** The label of the words that set options. */
    public static final String ASSIGNMENTS = "KEY=VALUE";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> flags = new HashSet<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    /** Takes all levels together: options before and after a sub-command's name mean the same. */
    public Words(ParseResult root) {
        for (ParseResult level = root; level != null; level = level.hasSubcommand() ? level.subcommand() : null) {
            for (ArgSpec arg : level.matchedArgs()) {
                String name = arg instanceof OptionSpec option
                        ? option.longestName()
                        : ((PositionalParamSpec) arg).paramLabel();
                if (arg.getValue() instanceof String value) {
                    values.put(name, value);
                } else if (Boolean.TRUE.equals(arg.getValue())) {
                    flags.add(name);
                } else if (arg.getValue() instanceof List<?> several) {
                    lists.put(
                            name,
                            several.stream()
                                    .map(word -> word == null ? "" : word.toString())
                                    .toList());
                }
            }
        }
    }

    @Nullable
    public String home() {
        return values.get("--home");
    }

    public boolean json() {
        return "json".equals(values.get("--output"));
    }

    /** Whether the output format is one that there is. */
    public boolean outputIsKnown() {
        return json() || "table".equals(values.getOrDefault("--output", "table"));
    }

    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** The words of a parameter that takes several. */
    public List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    /** Whether an option that takes no value was given. */
    public boolean flag(String name) {
        return flags.contains(name);
    }

    public boolean has(String name) {
        return values.containsKey(name) || lists.containsKey(name);
    }

    /** The parameters of a request: those of the given names that were given, under the names of the protocol. */
    public Map<String, Object> params(String... names) {
        Map<String, Object> params = new LinkedHashMap<>();
        for (String name : names) {
            if (has(name)) {
                params.put(name.replace("-", "").toLowerCase(java.util.Locale.ROOT), text(name));
            }
        }
        return params;
    }

    public long number(String name) throws CommandException {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw new CommandException(ExitCode.USAGE, name + ": must be a whole number, but was " + text(name), "");
        }
    }

    /** {@code --timeout}, or 30 s. */
    public Duration timeout() throws CommandException {
        return time("--timeout", Duration.ofSeconds(30));
    }

    /** A positive time. */
    public Duration time(String name, Duration otherwise) throws CommandException {
        if (!values.containsKey(name)) {
            return otherwise;
        }
        Matcher matcher = DURATION.matcher(text(name));
        long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (number == 0) {
            throw new CommandException(
                    ExitCode.USAGE, name + ": must be a time such as 500ms, 30s, 5m or 1h, but was " + text(name), "");
        }
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
