package dev.homeostat.host.handover;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.AtMost;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.RecordCodec;
import java.lang.invoke.MethodHandles;

/** A plugin's row, as one version of the plugin after the other has it. */
final class Versions {
    private Versions() {}

    /** The first. */
    record Old(String name, String text, long size, String colour) {
        static final Index<Old, String> NAME = Index.unique("name", Keys.STRING, Old::name);
        static final TableSpec<Old> TABLE =
                TableSpec.of("memos", Old.class, NAME).codec(RecordCodec.of(MethodHandles.lookup(), Old.class));
    }

    /** Has a field more and one less, and a size that is bounded. */
    record New(
            String name,
            String text,
            @AtMost("10") long size,
            @Default("later") String when) {
        static final Index<New, String> NAME = Index.unique("name", Keys.STRING, New::name);
        static final TableSpec<New> TABLE =
                TableSpec.of("memos", New.class, NAME).codec(RecordCodec.of(MethodHandles.lookup(), New.class));
    }

    /** The first again, with keys that tell no case. */
    record Lower(String name, String text, long size, String colour) {
        static final Index<Lower, String> NAME =
                Index.unique("name", Keys.STRING, row -> row.name().toLowerCase(java.util.Locale.ROOT));
        static final TableSpec<Lower> TABLE =
                TableSpec.of("memos", Lower.class, NAME).codec(RecordCodec.of(MethodHandles.lookup(), Lower.class));
    }
}
