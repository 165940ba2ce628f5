package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginDescriptor;
import dev.homeostat.host.plugin.PluginOrder;
import dev.homeostat.host.plugin.PluginRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dry run of a start: which plugins would be refused, and all that speaks against each, not only what a start would come upon first. No code of a plugin
 * runs, and no class of one is made. Used by one thread.
 */
public final class PluginCheck {
    private final DryRun code;
    private final AllowList allowed;
    private final Set<String> disabled;
    private final Function<Path, String> show;

    /**
     * @param code does what a start does
     * @param allowed the jars that may run
     * @param disabled ids of plugins that would not be started
     * @param show a path as people are shown it
     */
    public PluginCheck(DryRun code, AllowList allowed, Set<String> disabled, Function<Path, String> show) {
        this.code = code;
        this.allowed = allowed;
        this.disabled = Set.copyOf(disabled);
        this.show = show;
    }

    /**
     * Checks jars as if they lay beside those of a home. One that has the id of one of the home stands for it.
     *
     * @param jars those that are asked about; absolute
     * @param home those of the home; absolute
     * @return one for each that is asked about, in their order
     */
    public List<JarReport> check(List<Path> jars, List<Path> home) {
        List<Candidate> asked = jars.stream().distinct().map(this::read).toList();
        Map<String, Candidate> chosen = new LinkedHashMap<>();
        asked.forEach(candidate -> choose(candidate, chosen));
        for (Path jar : home) {
            if (!jars.contains(jar)) {
                Candidate candidate = read(jar);
                candidate
                        .id()
                        .map(chosen::get)
                        .filter(asked::contains)
                        .ifPresentOrElse(
                                instead -> instead.warn(
                                        "plugin id \"" + candidate.id().orElseThrow() + "\" is also that of "
                                                + candidate.shown,
                                        "remove that one when you add this one, or overwrite it"),
                                () -> choose(candidate, chosen));
            }
        }
        order(List.copyOf(chosen.values()));
        modules(List.copyOf(chosen.values()));
        return asked.stream().map(Candidate::report).toList();
    }

    private void choose(Candidate candidate, Map<String, Candidate> chosen) {
        candidate.id().ifPresent(id -> {
            Candidate first = chosen.putIfAbsent(id, candidate);
            if (first != null) {
                candidate.object(new PluginRefusedException(
                        "plugin id \"" + id + "\" is taken by " + first.shown, "remove one of the two"));
            }
        });
    }

    private Candidate read(Path jar) {
        Candidate candidate = new Candidate(show.apply(jar));
        candidate.descriptor = candidate.attempt(() -> code.describe(jar)).orElse(null);
        if (candidate.descriptor != null) {
            PluginDescriptor descriptor = candidate.descriptor;
            code.versions(descriptor).forEach(candidate::object);
            candidate.opened =
                    candidate.attempt(() -> code.open(descriptor, jar)).orElse(null);
            if (candidate.opened != null) {
                String sum = candidate.opened.sha256();
                candidate.attempt(() -> {
                    allowed.check(sum);
                    return sum;
                });
            }
            if (disabled.contains(descriptor.id())) {
                candidate.warn(
                        "plugin \"" + descriptor.id() + "\" would not be started: plugins.disabled names it",
                        "take it out there, when it is to run");
            }
        }
        return candidate;
    }

    /** Dependencies, and then what is resolved upon them. A plugin that has other faults is looked at all the same: it may be mended first. */
    private void order(List<Candidate> candidates) {
        List<PluginDescriptor> descriptors = candidates.stream()
                .map(candidate -> candidate.descriptor)
                .filter(Objects::nonNull)
                .toList();
        Map<String, Candidate> byId = candidates.stream()
                .collect(Collectors.toMap(candidate -> candidate.id().orElseThrow(), Function.identity()));
        PluginOrder order = PluginOrder.of(descriptors, Map.of(), code::accepts);
        order.refused()
                .forEach((id, reason) -> Optional.ofNullable(byId.get(id))
                        .ifPresent(candidate -> candidate.object(new PluginRefusedException(reason))));
        for (PluginDescriptor descriptor : order.order()) {
            Candidate candidate = byId.get(descriptor.id());
            if (candidate != null && candidate.opened != null) {
                resolve(candidate, descriptor, candidate.opened, byId);
            }
        }
    }

    private void resolve(
            Candidate candidate, PluginDescriptor descriptor, DryRun.Opened opened, Map<String, Candidate> byId) {
        List<DryRun.Resolved> beneath = new ArrayList<>();
        for (PluginDescriptor.Dependency dependency : descriptor.dependencies()) {
            Candidate other = byId.get(dependency.id());
            if (other != null && other.resolved != null) {
                beneath.add(other.resolved);
            }
            if (other != null && other.refused() && !dependency.optional()) {
                candidate.object(new PluginRefusedException(
                        "it needs plugin \"" + dependency.id() + "\" (" + other.shown + "), which would be refused",
                        "mend that one first"));
            }
        }
        candidate.resolved = candidate
                .attempt(() -> code.resolve(descriptor, opened, beneath))
                .orElse(null);
        if (candidate.resolved != null) {
            candidate.attempt(candidate.resolved::pluginClass);
            if (candidate.resolved.module().isEmpty()) {
                candidate.warn(
                        "it would run without a module of its own: " + candidate.resolved.isolation(),
                        "it runs so, too; to have a layer of its own, mend what that names");
            }
        }
    }

    private static void modules(List<Candidate> candidates) {
        Map<String, Candidate> first = new HashMap<>();
        for (Candidate candidate : candidates) {
            Stream.ofNullable(candidate.resolved)
                    .flatMap(resolved -> resolved.module().stream())
                    .forEach(module -> {
                        Candidate other = first.putIfAbsent(module, candidate);
                        if (other != null) {
                            List.of(candidate, other)
                                    .forEach(one -> one.warn(
                                            "module " + module + " is in " + candidate.shown + " and in " + other.shown,
                                            "a plugin that needs both would see the first that it names: rename one"));
                        }
                    });
        }
    }

    /** A jar, and how far its start would come. */
    private static final class Candidate {
        private final String shown;
        private final List<Finding> findings = new ArrayList<>();

        @Nullable
        PluginDescriptor descriptor;

        DryRun.@Nullable Opened opened;

        DryRun.@Nullable Resolved resolved;

        Candidate(String shown) {
            this.shown = shown;
        }

        Optional<String> id() {
            return Optional.ofNullable(descriptor).map(PluginDescriptor::id);
        }

        <R> Optional<R> attempt(Supplier<R> step) {
            try {
                return Optional.of(step.get());
            } catch (PluginRefusedException e) {
                object(e);
            } catch (RuntimeException e) {
                object(new PluginRefusedException("it cannot be understood (" + e + ")", "build it anew"));
            }
            return Optional.empty();
        }

        void object(PluginRefusedException refused) {
            findings.add(Finding.of(refused));
        }

        void warn(String problem, String fix) {
            findings.add(Finding.warning(problem, fix));
        }

        boolean refused() {
            return findings.stream().anyMatch(Finding::isError);
        }

        JarReport report() {
            return new JarReport(
                    shown,
                    id().orElse(""),
                    Optional.ofNullable(descriptor)
                            .map(PluginDescriptor::version)
                            .orElse(""),
                    Optional.ofNullable(opened).map(DryRun.Opened::sha256).orElse(""),
                    Optional.ofNullable(resolved)
                            .map(DryRun.Resolved::isolation)
                            .orElse(""),
                    findings);
        }
    }
}
