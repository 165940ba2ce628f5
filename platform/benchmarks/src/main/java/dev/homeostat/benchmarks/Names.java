package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Query;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Queries by text, made beforehand. */
@State(Scope.Thread)
public class Names {
    final List<Query<Item>> queries = Arrays.stream(Item.shuffled(Item.range(1000)))
            .map(item -> Item.NAME.query("item-" + item.id()))
            .toList();
}
