package dev.homeostat.host.tree;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Turns a scalar of the YAML library into one of ours. */
final class Scalars {
    private Scalars() {}

    /** @throws IllegalArgumentException if its tag and its characters do not fit */
    static Tree.Scalar read(ScalarEvent event, Place place) {
        Optional<String> tag = event.getTag();
        if (tag.isEmpty()) {
            return event.isPlain() ? resolved(event, place) : new Tree.Scalar(event.getValue(), place);
        }
        if (tag.get().equals(YamlTags.TEXT) || tag.get().equals(YamlTags.NON_SPECIFIC)) {
            return new Tree.Scalar(event.getValue(), place);
        }
        Tree.Scalar scalar = resolved(event, place);
        if (!YamlTags.fits(tag.get(), scalar.value())) {
            throw new IllegalArgumentException(
                    "\"" + event.getValue() + "\" is not what its tag " + YamlTags.shown(tag.get()) + " says");
        }
        return scalar;
    }

    private static Tree.Scalar resolved(ScalarEvent event, Place place) {
        Object value = CoreSchema.resolve(event.getValue());
        return new Tree.Scalar(value, place, value instanceof String ? null : event.getValue());
    }
}
