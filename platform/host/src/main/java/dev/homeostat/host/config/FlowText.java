package dev.homeostat.host.config;

import dev.homeostat.api.tree.Tree;
import java.util.stream.Collectors;

/** Values in one line, as the configuration could have them. */
final class FlowText {
    private FlowText() {}

    static String of(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> scalar.value() == null ? "" : String.valueOf(scalar.value());
            case Tree.Sequence list ->
                list.items().stream().map(FlowText::of).collect(Collectors.joining(", ", "[", "]"));
            case Tree.Mapping map ->
                map.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
