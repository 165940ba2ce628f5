package dev.homeostat.host.plugin;

import dev.homeostat.api.source.Source;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.host.handover.Carried;
import org.jspecify.annotations.Nullable;

/** A source of a plugin: supervised work that is given a feed. */
final class SourceContribution implements Contribution {
    private final String plugin;
    private final String name;
    private final SourceFeeds feeds;
    private final SupervisedWork work;
    private volatile @Nullable SourceFeed feed;

    SourceContribution(String plugin, String name, Source source, HostServices services, PluginThread around) {
        this.plugin = plugin;
        this.name = name;
        this.feeds = services.sources();
        this.work = new SupervisedWork(plugin, "source \"" + name + "\"", services, around, () -> {
            SourceFeed current = feed;
            if (current != null) {
                source.run(current);
            }
        });
    }

    String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return Kind.WORK;
    }

    @Override
    public String thing() {
        return work.thing();
    }

    @Override
    public void start(Carried carried) {
        feed = feeds.register(name, plugin);
        work.start(carried);
    }

    @Override
    public void stop(Deadline deadline, Carried carried) throws Exception {
        try {
            work.stop(deadline, carried);
        } finally {
            feed = null;
            feeds.unregister(name);
        }
    }
}
