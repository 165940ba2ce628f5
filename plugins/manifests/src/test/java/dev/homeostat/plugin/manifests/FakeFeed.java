package dev.homeostat.plugin.manifests;

import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.ScanReport;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.api.source.SourceUnit;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.tree.JsonWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told: {@code a.yaml: things [...]}, {@code a.yaml! problem}, {@code unavailable: reason}. */
final class FakeFeed implements SourceFeed {
    final List<List<String>> told = new CopyOnWriteArrayList<>();

    @Override
    public ScanReport apply(Scan scan) {
        told.add(scan.units().stream().map(FakeFeed::text).toList());
        return new ScanReport(0, 0, List.of(), List.of());
    }

    @Override
    public void unavailable(String reason) {
        told.add(List.of("unavailable: " + reason));
    }

    List<String> last() {
        return told.getLast();
    }

    private static String text(SourceUnit unit) {
        StringBuilder text = new StringBuilder(unit.name());
        unit.rows().forEach(rows -> {
            text.append(": ").append(rows.table());
            rows.rows()
                    .forEach(row -> text.append(' ').append(JsonWriter.plain().write(row)));
        });
        unit.problems().stream()
                .map(Problem::toString)
                .forEach(problem -> text.append("! ").append(problem));
        return text.toString();
    }
}
