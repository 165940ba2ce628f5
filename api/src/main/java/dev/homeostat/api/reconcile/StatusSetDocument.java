package dev.homeostat.api.reconcile;

import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;

/** A set of statuses as a document has it. */
record StatusSetDocument(
        @Default("0") long generation, @Default("{}") Map<String, Status> statuses) {
    private static final RecordCodec<StatusSetDocument> CODEC =
            RecordCodec.of(MethodHandles.lookup(), StatusSetDocument.class);

    static Tree write(StatusSet set) {
        Map<String, Status> statuses = new LinkedHashMap<>();
        set.names().forEach(name -> statuses.put(name, set.get(name)));
        return CODEC.encode(new StatusSetDocument(set.generation(), statuses));
    }

    static StatusSet read(Tree tree) {
        if (tree instanceof Tree.Scalar scalar && scalar.value() instanceof String text) {
            if (text.equals("pending")) {
                return StatusSet.pending();
            }
            throw new DocumentException(
                    tree.place(),
                    "expected pending, or a mapping with generation and statuses, but found the text \"" + text + "\"");
        }
        StatusSetDocument document = CODEC.decode(tree);
        try {
            return StatusSet.of(document.generation, document.statuses);
        } catch (IllegalArgumentException e) {
            throw new DocumentException(tree.place(), String.valueOf(e.getMessage()));
        }
    }
}
