package dev.homeostat.plugin.manifests;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.ScanReport;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.api.source.SourceUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the manifest directory again and again, and tells the host when what is wanted has changed. Lives for one run of the source, on one thread. */
final class ManifestFollower {
    private static final Logger log = LoggerFactory.getLogger(ManifestFollower.class);

    private final ManifestDirectory directory;
    private final ManifestParser parser;
    private final SeenDirectory seen;
    private final Settling settling;
    private final ManifestsConfig config;
    private final SourceFeed feed;
    private final KnownProblems problems = new KnownProblems();

    private SortedMap<String, ManifestFile> read = new TreeMap<>();
    private @Nullable Look told;

    ManifestFollower(
            ManifestDirectory directory,
            ManifestParser parser,
            SeenDirectory seen,
            ManifestsConfig config,
            Scheduler clock,
            SourceFeed feed) {
        this.directory = directory;
        this.parser = parser;
        this.seen = seen;
        this.config = config;
        this.settling = new Settling(clock, config.settle());
        this.feed = feed;
    }

    /** Goes on until it is interrupted. */
    void follow(Hints hints) throws InterruptedException {
        while (true) {
            hints.listen();
            hints.await(round());
        }
    }

    /** Looks once, and tells what is new; gives the time after which to look again. */
    Duration round() throws InterruptedException {
        Look look = directory.look();
        if (look instanceof Look.Listing listing) {
            Duration remaining = settling.remaining(listing.files(), read.keySet());
            if (!remaining.isZero()) {
                return remaining;
            }
            look = believable(listing);
        }
        if (look.equals(told) && read.values().stream().noneMatch(ManifestFile::passing)) {
            return config.pollInterval();
        }
        return switch (look) {
            case Look.Unreadable unreadable -> unavailable(unreadable);
            case Look.Listing listing -> scan(listing);
        };
    }

    /** An empty directory is believed only where manifests were before, or never. */
    private Look believable(Look.Listing listing) {
        if (!listing.files().isEmpty() || !seen.wasAnother(listing.directory())) {
            return listing;
        }
        return new Look.Unreadable("the manifest directory " + directory.path()
                + " is empty, and is not the directory that manifests were read from before, as if its volume were not"
                + " mounted (no row changes until then); mount it, or, if nothing is wanted any more, put a manifest"
                + " with only a comment into it");
    }

    private Duration unavailable(Look.Unreadable unreadable) {
        if (!unreadable.equals(told)) {
            log.warn("{}", unreadable.reason());
            feed.unavailable(unreadable.reason());
            told = unreadable;
        }
        return config.pollInterval();
    }

    private Duration scan(Look.Listing listing) throws InterruptedException {
        SortedMap<String, ManifestFile> now = new TreeMap<>();
        for (Map.Entry<String, @Nullable FileStamp> entry : listing.files().entrySet()) {
            ManifestFile file = read(entry.getKey(), entry.getValue());
            if (file == null) {
                return config.settle();
            }
            now.put(entry.getKey(), file);
        }
        if (!listing.equals(told) || !units(now).equals(units(read))) {
            apply(now);
        }
        told = listing;
        if (!now.isEmpty()) {
            seen.remember(listing.directory());
        }
        return config.pollInterval();
    }

    /** The file, read anew if need be; null when it changed meanwhile and may be waited for. */
    private @Nullable ManifestFile read(String name, @Nullable FileStamp stamp) throws InterruptedException {
        ManifestFile before = read.get(name);
        if (before != null && before.holds(stamp)) {
            return before;
        }
        ManifestFile file = ManifestFile.read(directory.file(name), stamp, parser);
        if (Objects.equals(stamp, stampNow(name))) {
            return file;
        } else if (!settling.isOutOfPatience()) {
            return null;
        }
        return before != null ? before : ManifestFile.restless(name);
    }

    private @Nullable FileStamp stampNow(String name) {
        try {
            return FileStamp.of(directory.file(name));
        } catch (IOException e) {
            return null;
        }
    }

    private void apply(SortedMap<String, ManifestFile> files) {
        ScanReport report = feed.apply(new Scan(units(files)));
        read = files;
        tell(files.size(), report);
    }

    private static List<SourceUnit> units(SortedMap<String, ManifestFile> files) {
        return files.values().stream().map(ManifestFile::unit).toList();
    }

    private void tell(int units, ScanReport report) {
        log.info(
                "{} manifest(s) looked at: {} row(s) written, {} deleted, {} problem(s)",
                units,
                report.written(),
                report.deleted(),
                report.problems().size());
        problems.news(report.problems()).forEach(problem -> log.warn("{}", problem));
        if (!report.waiting().isEmpty()) {
            log.info("waiting for tables that do not exist: {}", report.waiting());
        }
    }
}
