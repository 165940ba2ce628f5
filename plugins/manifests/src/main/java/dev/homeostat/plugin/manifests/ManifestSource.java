package dev.homeostat.plugin.manifests;

import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.source.Source;
import dev.homeostat.api.source.SourceFeed;
import java.io.IOException;
import java.nio.file.Path;

/** The source {@code manifests}. */
final class ManifestSource implements Source {
    private final ManifestDirectory directory;
    private final ManifestParser parser;
    private final Path data;
    private final ManifestsConfig config;
    private final Scheduler clock;

    ManifestSource(
            ManifestDirectory directory, ManifestParser parser, Path data, ManifestsConfig config, Scheduler clock) {
        this.directory = directory;
        this.parser = parser;
        this.data = data;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void run(SourceFeed feed) throws IOException, InterruptedException {
        try (DirectoryHints hints = new DirectoryHints(directory)) {
            new ManifestFollower(directory, parser, new SeenDirectory(data), config, clock, feed).follow(hints);
        }
    }
}
