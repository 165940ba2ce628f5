package dev.homeostat.plugintest.memos;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.RecordCodec;
import java.lang.invoke.MethodHandles;

public record Memo(String name, @Default("") String text) {
    public static final TableSpec<Memo> TABLE = TableSpec.of(
                    "memos", Memo.class, Index.unique("name", Keys.STRING, Memo::name))
            .codec(RecordCodec.of(MethodHandles.lookup(), Memo.class))
            .acceptingSources();
}
