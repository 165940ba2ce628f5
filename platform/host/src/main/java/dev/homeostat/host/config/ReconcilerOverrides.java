package dev.homeostat.host.config;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.SettingView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the configuration says of reconcilers: {@code reconcilers.<table/name>.<option>}, where an option is named as in
 * {@link dev.homeostat.api.reconcile.Options}, and {@code none} switches off those that can be. Immutable.
 */
public final class ReconcilerOverrides {
    /** Says nothing. */
    public static final ReconcilerOverrides NONE = new ReconcilerOverrides(Map.of());

    private final Map<String, ReconcilerEntry> entries;

    private ReconcilerOverrides(Map<String, ReconcilerEntry> entries) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * Reads them.
     *
     * @param documents by the reconcilers' full names
     * @throws DocumentException with all that is wrong
     */
    public static ReconcilerOverrides of(Map<String, Tree> documents) {
        List<Problem> problems = new ArrayList<>();
        Map<String, ReconcilerEntry> entries = new LinkedHashMap<>();
        documents.forEach((name, document) -> {
            if (!name.matches("[^/]+/[^/]+")) {
                problems.add(new Problem(
                        document.place(),
                        "reconcilers: \"" + name + "\" is no full name of a reconciler; write table/name"));
            }
            try {
                entries.put(name, ReconcilerEntry.read(document));
            } catch (DocumentException e) {
                problems.addAll(e.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new DocumentException(problems);
        }
        return new ReconcilerOverrides(entries);
    }

    /** What they say of the reconciler of that full name. */
    public ReconcilerEntry of(String reconciler) {
        return entries.getOrDefault(reconciler, ReconcilerEntry.NOTHING);
    }

    /** Says for which names there is no such reconciler. */
    public List<Problem> unknown(Collection<String> reconcilers) {
        List<Problem> problems = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (!reconcilers.contains(name)) {
                problems.add(new Problem(
                        entry.place(),
                        "reconcilers: no active plugin has a reconciler \"" + name + "\": "
                                + Nearest.hint(name, reconcilers)
                                + (reconcilers.isEmpty()
                                        ? "there is none"
                                        : "there are " + String.join(", ", reconcilers))));
            }
        });
        return problems;
    }

    /** What they say, each option in a line. */
    List<SettingView> settings() {
        List<SettingView> lines = new ArrayList<>();
        entries.forEach((name, entry) -> {
            for (ReconcilerOption option : entry.options()) {
                lines.add(setting(
                        name,
                        option.key(),
                        entry.text(option),
                        entry.place(option).toString()));
            }
        });
        return lines;
    }

    /** An option of a reconciler in a line. */
    static SettingView setting(String reconciler, String key, String value, String from) {
        ReconcilerOption option = ReconcilerOption.of(key).orElseThrow();
        return new SettingView(
                "reconciler " + reconciler,
                key,
                value,
                from,
                ReconcilerEntry.kind(option),
                option.text(Options.defaults()),
                option.description(),
                "",
                "");
    }
}
