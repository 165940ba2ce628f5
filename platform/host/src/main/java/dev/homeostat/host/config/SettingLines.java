package dev.homeostat.host.config;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordField;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.SettingView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one record, each in a line, with where it comes from.
 *
 * @param owner whose they are
 * @param fields the components of the record
 */
record SettingLines(String owner, List<RecordField> fields) {
    /** Nobody says so. */
    static final String DEFAULT = "default";

    /**
     * A state of the settings.
     *
     * @param values the record as its codec writes it, which hides secrets
     * @param document what it was read from, for the places
     */
    record State(Tree values, Tree document) {}

    /**
     * All settings in force.
     *
     * @param pending what a restart would find; null when nobody knows
     */
    List<SettingView> of(State inForce, @Nullable State pending) {
        List<SettingView> lines = new ArrayList<>();
        for (Leaf leaf : Leaf.all(fields)) {
            String value = value(leaf, inForce);
            String later = pending == null ? value : value(leaf, pending);
            boolean changes = !later.equals(value);
            lines.add(new SettingView(
                    owner,
                    leaf.key(),
                    value,
                    from(leaf, inForce),
                    kind(leaf.field()),
                    leaf.field().fallback() == null ? "" : leaf.field().fallback(),
                    leaf.field().description(),
                    changes ? later : "",
                    changes && pending != null ? from(leaf, pending) : ""));
        }
        return lines;
    }

    /** What it has to be. */
    static String kind(RecordField field) {
        return Stream.of(field.kind(), field.bounds(), field.optional() ? "or nothing" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String value(Leaf leaf, State state) {
        Tree value = leaf.in(state.values());
        return value == null ? "" : FlowText.of(value);
    }

    /** The place of the value, or of the default that its record was left to. */
    private static String from(Leaf leaf, State state) {
        Tree given = leaf.in(state.document());
        if (given == null) {
            return leaf.in(state.values()) == null ? "" : DEFAULT;
        }
        Place place = given.place();
        return place.toString().isEmpty() ? DEFAULT : place.toString();
    }
}
