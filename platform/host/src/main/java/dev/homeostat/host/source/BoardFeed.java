package dev.homeostat.host.source;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.ScanReport;
import dev.homeostat.api.source.SourceFeed;

/** The feed of one registration of a source; of no use once that ended. */
final class BoardFeed implements SourceFeed {
    private final SourceBoard board;
    private final String source;
    private final String plugin;

    BoardFeed(SourceBoard board, String source, String plugin) {
        this.board = board;
        this.source = source;
        this.plugin = plugin;
    }

    String source() {
        return source;
    }

    String plugin() {
        return plugin;
    }

    @Override
    public ScanReport apply(Scan scan) {
        return board.apply(this, requireNonNull(scan, "scan"));
    }

    @Override
    public void unavailable(String reason) {
        board.unavailable(this, requireNonNull(reason, "reason"));
    }
}
