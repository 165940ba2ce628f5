package dev.homeostat.cli.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the help of each command shows as an example, in one place, for only who asks for help needs them. They work where {@code examples/hello.yaml} is desired; a test
 * runs each of them.
 */
public final class Examples {
    private static final Map<String, List<String>> OF = new LinkedHashMap<>();

    static {
        of("", "homeostat status", "homeostat db show files", "homeostat explain files greeting.txt");
        of("run", "homeostat run --home /srv/homeostat");
        of("status", "homeostat status", "homeostat status --watch --interval 5s");
        of("explain", "homeostat explain files greeting.txt");
        of("wait", "homeostat wait files --timeout 1m");
        of("shell", "homeostat shell");
        of("completion", "homeostat completion bash > homeostat.bash", "homeostat completion zsh > _homeostat");
        plugins();
        tables();
        reconcilers();
        of("config", "homeostat config check");
        of("config check", "homeostat config check");
        of("config show", "homeostat config show");
    }

    private Examples() {}

    private static void plugins() {
        of("plugins", "homeostat plugins");
        of("plugins list", "homeostat plugins list");
        of("plugins start", "homeostat plugins start files");
        of("plugins stop", "homeostat plugins stop files");
        of("plugins show", "homeostat plugins show files");
        of("plugins reload", "homeostat plugins reload files");
        of("plugins unload", "homeostat plugins unload files");
        of("plugins new", "homeostat plugins new memos --id memos --package com.example.memos");
        of("plugins check", "homeostat plugins check", "homeostat plugins check build/memos-1.1.jar");
    }

    private static void tables() {
        of("db", "homeostat db tables", "homeostat db show files");
        of("db tables", "homeostat db tables");
        of("db show", "homeostat db show files", "homeostat db show files --where status=error --limit 20");
        of("db get", "homeostat db get files greeting.txt");
        of("db list", "homeostat db list files greeting.txt");
        of("db prefix", "homeostat db prefix files etc/");
        of("db lowerbound", "homeostat db lowerbound files f");
        of("db dump", "homeostat db dump files > files.jsonl");
        of("db watch", "homeostat db watch files", "homeostat db watch files --where status=error --initial");
        of("db insert", "echo '{path: try.txt, content: hi}' | homeostat db insert files -f -");
        of("db delete", "homeostat db delete files try.txt --yes");
        of("db rejected", "homeostat db rejected", "homeostat db rejected files --forget old.txt --yes");
    }

    private static void reconcilers() {
        of("reconcilers", "homeostat reconcilers", "homeostat reconcilers --watch");
        of("reconcilers list", "homeostat reconcilers list");
        of(
                "reconcilers failures",
                "homeostat reconcilers failures files/files --limit 20",
                "homeostat reconcilers failures files/files --by-error");
        of(
                "reconcilers retry",
                "homeostat reconcilers retry files/files",
                "homeostat reconcilers retry files/files greeting.txt");
        of("reconcilers refresh", "homeostat reconcilers refresh files/files greeting.txt");
        of("reconcilers prune", "homeostat reconcilers prune files/files");
        of("reconcilers held", "homeostat reconcilers held files/files");
        of("reconcilers confirm", "homeostat reconcilers confirm files/files 1");
        of("reconcilers pause", "homeostat reconcilers pause files/files greeting.txt");
        of("reconcilers resume", "homeostat reconcilers resume files/files greeting.txt");
        of(
                "reconcilers mode",
                "homeostat reconcilers mode files/files plan",
                "homeostat reconcilers mode files/files apply");
        of("reconcilers plan", "homeostat reconcilers plan files/files");
        of("reconcilers observe", "homeostat reconcilers observe files/files");
        of(
                "reconcilers options",
                "homeostat reconcilers options files/files",
                "homeostat reconcilers options files/files concurrency=4 retry-max=5m",
                "homeostat reconcilers options files/files --reset concurrency,retry-max");
    }

    private static void of(String command, String... examples) {
        OF.put(command, List.of(examples));
    }

    /** Those of a command, each as somebody types it; none where there are none. */
    public static List<String> of(CommandSpec command) {
        return OF.getOrDefault(command.qualifiedName().replaceFirst("^homeostat ?", ""), List.of());
    }

    /** Shows them at the end of the command's help, before what stands there. */
    public static void addTo(CommandSpec command) {
        List<String> examples = of(command);
        if (!examples.isEmpty()) {
            Stream<String> shown = Stream.concat(
                    Stream.of("", examples.size() == 1 ? "Example:" : "Examples:"),
                    examples.stream().map(each -> "  " + each));
            command.usageMessage()
                    .footer(Stream.concat(
                                    shown, Arrays.stream(command.usageMessage().footer()))
                            .toArray(String[]::new));
        }
    }
}
