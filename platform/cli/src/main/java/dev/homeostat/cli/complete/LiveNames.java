package dev.homeostat.cli.complete;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.screen.Amount;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that a running host knows, each asked for when it is wanted. Where no host answers there are none. */
public final class LiveNames {
    private static final long ROWS_THAT_GIVE_THE_FIELDS = 20;

    private final HostClient client;

    public LiveNames(HostClient client) {
        this.client = client;
    }

    Candidates tables() {
        return Candidates.words(ask("db.tables", Map.of()).docs("tables").stream()
                .map(table -> Candidate.of(table.text("name"), Amount.of(table.number("objects"), "row")))
                .toList());
    }

    Candidates indexes(String table) {
        return Candidates.words(ask("db.tables", Map.of()).docs("tables").stream()
                .filter(one -> one.text("name").equals(table))
                .flatMap(one -> one.docs("indexes").stream())
                .map(index -> Candidate.of(index.text("name"), index.flag("unique") ? "unique" : "many rows for a key"))
                .toList());
    }

    /** The keys of an index of a table, of the primary one when that is empty. The host bounds how many, and how far it looks for them. */
    Candidates keys(String table, String index, String begun) {
        if (table.isEmpty()) {
            return Candidates.NONE;
        }
        Map<String, Object> params = new LinkedHashMap<>(Map.of("table", table, "prefix", begun));
        if (!index.isEmpty()) {
            params.put("index", index);
        }
        return Candidates.words(
                ask("db.keys", params).texts("keys").stream().map(Candidate::of).toList());
    }

    /**
     * What {@code --columns} takes: the fields of the first rows, in a list of names with commas; and what {@code --where} does, where the value follows.
     *
     * @param begun what is typed of the word
     */
    Candidates fields(String table, String begun, boolean withValue) {
        if (table.isEmpty()) {
            return Candidates.NONE;
        }
        if (withValue && begun.startsWith("status=")) {
            return Candidates.words("status=done", "status=error", "status=pending", "status=refreshing");
        }
        Set<String> names = new LinkedHashSet<>();
        try {
            client.call(
                    "db.show",
                    Map.of("table", table, "limit", ROWS_THAT_GIVE_THE_FIELDS),
                    Duration.ZERO,
                    row -> collect("", row.doc("values"), names));
        } catch (CommandException e) {
            return Candidates.NONE;
        }
        names.addAll(withValue ? List.of("key", "status") : List.of("status", "revision"));
        String before = withValue ? "" : begun.substring(0, begun.lastIndexOf(',') + 1);
        return Candidates.words(names.stream()
                .map(name -> new Candidate(before + name + (withValue ? "=" : ""), "", !withValue))
                .toList());
    }

    private static void collect(String outer, Doc values, Set<String> names) {
        values.fields().forEach((name, value) -> {
            names.add(outer + name);
            collect(outer + name + ".", Doc.of(value), names);
        });
    }

    Candidates reconcilers() {
        return Candidates.words(ask("reconcilers", Map.of()).docs("reconcilers").stream()
                .map(one -> Candidate.of(one.text("name"), state(one)))
                .toList());
    }

    private static String state(Doc reconciler) {
        long failing = reconciler.number("failing");
        return "mode " + reconciler.text("mode") + (failing == 0 ? "" : ", " + Amount.of(failing, "row") + " failing");
    }

    Candidates plugins() {
        return Candidates.words(ask("plugins", Map.of()).docs("plugins").stream()
                .map(plugin -> Candidate.of(plugin.text("id"), plugin.text("state") + " " + plugin.text("version")))
                .toList());
    }

    /** The number of the prune that a reconciler holds, if it does. */
    Candidates heldPrune(String reconciler) {
        List<Candidate> numbers = new ArrayList<>();
        for (Doc one : ask("reconcilers", Map.of("name", reconciler)).docs("reconcilers")) {
            Doc held = one.doc("heldPrune");
            if (!held.isEmpty()) {
                numbers.add(Candidate.of(held.text("number"), held.text("reason")));
            }
        }
        return Candidates.words(numbers);
    }

    /** The options of a reconciler, as {@code KEY=VALUE} with the value in force, or as a list of names with commas. */
    Candidates options(String reconciler, String begun, boolean withValue) {
        List<Candidate> options = new ArrayList<>();
        String before = withValue ? "" : begun.substring(0, begun.lastIndexOf(',') + 1);
        for (Doc option : ask("reconcilers.options", Map.of("name", reconciler)).docs("options")) {
            String name = option.text("name");
            if (!withValue) {
                options.add(Candidate.of(before + name, option.text("value") + ", " + option.text("from")));
            } else if (begun.startsWith(name + "=")) {
                options.add(Candidate.of(name + "=" + option.text("value"), "as it is"));
            } else {
                options.add(new Candidate(name + "=", option.text("value") + ": " + option.text("description"), false));
            }
        }
        return Candidates.words(options);
    }

    private Doc ask(String method, Map<String, Object> params) {
        try {
            return client.call(method, params);
        } catch (CommandException e) {
            return Doc.EMPTY; // whoever wants a word completed does not want to read why there is none
        }
    }
}
