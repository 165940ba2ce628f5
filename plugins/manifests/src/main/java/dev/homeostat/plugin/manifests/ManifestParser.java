package dev.homeostat.plugin.manifests;

import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.source.SourceUnit;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/** Turns the text of a manifest into a unit, with all that is wrong with it. Safe for all threads. */
final class ManifestParser {
    private static final RecordCodec<ManifestDocument> CODEC =
            RecordCodec.of(MethodHandles.lookup(), ManifestDocument.class);

    private final DocumentReader reader;

    ManifestParser(DocumentReader reader) {
        this.reader = reader;
    }

    SourceUnit parse(String name, String text) {
        List<DesiredRows> rows = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try {
            for (Tree document : reader.read(name, text)) {
                if (!isNothing(document)) {
                    document(document, rows, problems);
                }
            }
        } catch (DocumentException e) {
            problems.addAll(e.problems());
        }
        return problems.isEmpty() ? SourceUnit.of(name, rows) : SourceUnit.broken(name, problems);
    }

    private static void document(Tree document, List<DesiredRows> rows, List<Problem> problems) {
        try {
            ManifestDocument manifest = CODEC.decode(document);
            rows.add(new DesiredRows(manifest.table(), tablePlace(document), manifest.rows()));
        } catch (DocumentException e) {
            problems.addAll(e.problems());
        }
    }

    private static Place tablePlace(Tree document) {
        Tree table =
                document instanceof Tree.Mapping mapping ? mapping.entries().get("table") : null;
        return table == null ? document.place() : table.place();
    }

    /** What {@code ---} without anything after it gives. */
    private static boolean isNothing(Tree document) {
        return document instanceof Tree.Scalar scalar && scalar.value() == null;
    }
}
