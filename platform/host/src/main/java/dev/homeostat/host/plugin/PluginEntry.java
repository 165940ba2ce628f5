package dev.homeostat.host.plugin;

import dev.homeostat.host.view.PluginView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One jar in a plugin directory, and how far its plugin came. Used by the lifecycle thread only. */
final class PluginEntry {
    final Path jar;
    private final String shownJar;
    private final String id;
    private final @Nullable PluginDescriptor descriptor;
    private PluginView.State state = PluginView.State.FOUND;
    private String reason = "";
    private String isolation = "";
    private Instant since;

    @Nullable
    PluginScope scope;

    /** @param descriptor null when the jar could not be understood */
    PluginEntry(Path jar, String shownJar, String id, @Nullable PluginDescriptor descriptor, Instant now) {
        this.jar = jar;
        this.shownJar = shownJar;
        this.id = id;
        this.descriptor = descriptor;
        this.since = now;
    }

    /** Unique among all entries. */
    String id() {
        return id;
    }

    String shownJar() {
        return shownJar;
    }

    /** What its manifest says. */
    PluginDescriptor descriptor() {
        if (descriptor == null) {
            throw new IllegalStateException(shownJar + " has no descriptor");
        }
        return descriptor;
    }

    PluginView.State state() {
        return state;
    }

    String reason() {
        return reason;
    }

    void isolation(String how) {
        isolation = how;
    }

    void come(PluginView.State next, String why, Instant now) {
        state = next;
        reason = why;
        since = now;
    }

    boolean dependsOn(String other) {
        return descriptor != null
                && descriptor.dependencies().stream()
                        .anyMatch(dependency -> dependency.id().equals(other));
    }

    PluginView view() {
        return new PluginView(
                id,
                descriptor == null ? "" : descriptor.version(),
                state,
                isolation,
                reason,
                shownJar,
                since,
                contributed(TableContribution.class).stream()
                        .map(table -> table.spec().name())
                        .sorted()
                        .toList(),
                contributed(ReconcilerContribution.class).stream()
                        .map(reconciler -> reconciler.fullName())
                        .sorted()
                        .toList());
    }

    /** What it contributed of one class. */
    <C> List<C> contributed(Class<C> type) {
        PluginScope current = scope;
        return current == null ? List.of() : current.all(type);
    }

    /** Gives up what it contributed, to be stopped. */
    PluginScope takeScope() {
        PluginScope current = scope;
        if (current == null) {
            throw new IllegalStateException("plugin \"" + id + "\" is not loaded");
        }
        scope = null;
        return current;
    }
}
