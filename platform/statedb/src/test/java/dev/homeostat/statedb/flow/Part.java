package dev.homeostat.statedb.flow;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.testing.Memo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A derived row: each tag of a memo is one, written as {@code name}, {@code name:text} or {@code name:text:slot}. A tag that begins with an exclamation mark is one
 * that the function throws for.
 */
record Part(String name, String text, @Nullable String slot) {
    static final Index<Part, String> NAME = Index.unique("name", Keys.STRING, Part::name);
    static final Index<Part, String> SLOT = Index.<Part, String>unique("slot", Keys.STRING, Part::slot);
    static final TableSpec<Part> TABLE = TableSpec.of("parts", Part.class, NAME).index(SLOT);

    static List<Part> of(Memo memo) {
        return memo.tags().stream().map(Part::parse).toList();
    }

    static Part parse(String tag) {
        if (tag.startsWith("!")) {
            throw new IllegalStateException("planted in " + tag);
        }
        String[] fields = tag.split(":", -1);
        return new Part(fields[0], fields.length > 1 ? fields[1] : "", fields.length > 2 ? fields[2] : null);
    }

    /** The tag that it comes of. */
    String tag() {
        return slot == null ? text.isEmpty() ? name : name + ":" + text : name + ":" + text + ":" + slot;
    }
}
