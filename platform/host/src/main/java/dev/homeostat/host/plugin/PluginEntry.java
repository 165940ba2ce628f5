package dev.homeostat.host.plugin;

import dev.homeostat.host.deploy.FoundJar;
import dev.homeostat.host.view.PluginNeed;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plugin, or a jar without one: what there is of it, and how far it came. Used by the lifecycle thread only. */
final class PluginEntry {
    private final String id;
    private ReadJar jar;
    private @Nullable Refusal refusal;
    private @Nullable PluginInstance instance;
    private Hold hold = Hold.NONE;
    private State state = State.FOUND;
    private String reason = "";
    private String isolation = "";
    private Instant since;

    /**
     * A newer jar that is not taken, while the one before it goes on.
     *
     * @param jar the newer one
     * @param reason why
     * @param hold what it waits for
     */
    record Refusal(ReadJar jar, String reason, Hold hold) {
        @Override
        public String toString() {
            return jar.label() + " was refused: " + reason;
        }
    }

    /** @param id unique among all entries */
    PluginEntry(String id, ReadJar jar, Instant now) {
        this.id = id;
        this.jar = jar;
        this.since = now;
    }

    String id() {
        return id;
    }

    /** The jar that it runs, or would run. */
    ReadJar jar() {
        return jar;
    }

    /** The jar that is in the directory: that which was refused, if one was. */
    FoundJar file() {
        return refusal == null ? jar.file() : refusal.jar().file();
    }

    /** What its manifest says. */
    PluginDescriptor descriptor() {
        PluginDescriptor descriptor = jar.descriptor();
        if (descriptor == null) {
            throw new IllegalStateException(jar.file().shown() + " has no descriptor");
        }
        return descriptor;
    }

    State state() {
        return state;
    }

    String reason() {
        return reason;
    }

    Hold hold() {
        return hold;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    boolean isLoaded() {
        return instance != null;
    }

    /** What is loaded of it. */
    PluginInstance instance() {
        PluginInstance current = instance;
        if (current == null) {
            throw new IllegalStateException("plugin \"" + id + "\" is not loaded");
        }
        return current;
    }

    /** Whether the jar holds the very bytes that it runs. */
    boolean runs(FoundJar file) {
        try {
            return instance != null
                    && file.problem().isEmpty()
                    && Files.mismatch(instance.code().copy(), file.path()) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** From now on it is this jar's; nothing is refused. */
    void install(ReadJar newer) {
        jar = newer;
        refusal = null;
    }

    /** A newer jar is not taken. */
    void refuse(Refusal newer) {
        refusal = newer;
    }

    /** That is loaded of it now. */
    void loaded(PluginInstance newer) {
        instance = newer;
        isolation = newer.code().isolation();
    }

    /** Nothing is loaded of it. */
    void unloaded() {
        instance = null;
    }

    /** It runs, and did so before as something else. */
    void renewed(Instant now) {
        state = State.ACTIVE;
        reason = "";
        hold = Hold.NONE;
        since = now;
    }

    /** Says whether that is news. */
    boolean come(State next, String why, Hold waitsFor, Instant now) {
        boolean news = next != state || !why.equals(reason);
        state = next;
        reason = why;
        hold = waitsFor;
        if (news) {
            since = now;
        }
        return news;
    }

    PluginView view() {
        return new PluginView(
                id,
                jar.version(),
                state,
                isolation,
                shownReason(),
                jar.file().shown(),
                since,
                contributed(TableContribution.class).stream()
                        .map(table -> table.spec().name())
                        .sorted()
                        .toList(),
                contributed(ReconcilerContribution.class).stream()
                        .map(reconciler -> reconciler.fullName())
                        .sorted()
                        .toList(),
                Optional.ofNullable(jar.descriptor())
                        .map(PluginDescriptor::requires)
                        .orElse(""),
                needs(),
                state == State.FAILED);
    }

    private List<PluginNeed> needs() {
        return Optional.ofNullable(jar.descriptor()).map(PluginDescriptor::dependencies).orElse(List.of()).stream()
                .map(need -> new PluginNeed(need.id(), need.range(), need.optional()))
                .toList();
    }

    private String shownReason() {
        if (refusal == null) {
            return reason;
        }
        return reason.isEmpty() ? refusal.toString() : reason + "; " + refusal;
    }

    /** What it contributed of one class. */
    <C> List<C> contributed(Class<C> type) {
        return Optional.ofNullable(instance)
                .map(current -> current.scope().all(type))
                .orElse(List.of());
    }
}
