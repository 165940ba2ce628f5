package dev.homeostat.plugintest;

import dev.homeostat.plugintest.HostedPlugin.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** A host and its home, from its start at the first use to its end. Safe for all threads. */
final class RunningHost {
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** The host knows after four and a half seconds, and a full collection. */
    private static final Duration KNOWN = Duration.ofSeconds(15);

    private static final Duration THREADS_END = Duration.ofSeconds(5);

    private static final int WARNINGS = 30;

    private final Duration patience;
    private final TestHome home = TestHome.make();
    private final Map<String, String> variables = new HashMap<>(); // guarded by this
    private @Nullable InsideHost inside; // guarded by this
    private @Nullable HostThreads threads; // guarded by this
    private boolean started; // guarded by this
    private List<String> logged = List.of(); // guarded by this

    RunningHost(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    TestHome home() {
        return home;
    }

    synchronized void variable(String name, String value) {
        if (inside != null) {
            throw new IllegalStateException("variable " + name + ": the host runs, and has read its environment");
        }
        variables.put(name, value);
    }

    void start() {
        inside();
    }

    /** The host; it runs. */
    synchronized InsideHost inside() {
        InsideHost running = inside;
        if (running != null) {
            return running;
        }
        HostLayers layers = HostLayers.get();
        if (Files.notExists(home.directory().resolve("conf/plugins/manifests.yaml"))) {
            home.write(
                    "conf/plugins/manifests.yaml",
                    "settle: 5ms\npoll-interval: 50ms\n".getBytes(StandardCharsets.UTF_8));
        }
        HostThreads made = new HostThreads(layers.loader());
        running = layers.newHost(home.directory(), Map.copyOf(variables), made);
        inside = running;
        threads = made;
        try {
            running.start();
            started = true;
        } catch (Exception e) {
            throw new AssertionError("the host cannot start: " + e.getMessage(), e);
        }
        return running;
    }

    Map<String, @Nullable Object> ask(String method, Map<String, Object> params) {
        try {
            return inside().ask(method, params);
        } catch (TimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + state(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the host look at its plugin directories. */
    void follow() {
        try {
            inside().follow();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<HostedPlugin> plugins() {
        return Answer.mappings(ask("plugins", Map.of()), "plugins").stream()
                .map(HostedPlugin::of)
                .toList();
    }

    Optional<HostedPlugin> plugin(String id) {
        return plugins().stream().filter(plugin -> plugin.id().equals(id)).findFirst();
    }

    List<HostedRow> rows(String table) {
        return Answer.mappings(ask("db.show", Map.of("table", table)), "items").stream()
                .map(HostedRow::of)
                .toList();
    }

    List<HealthLine> health() {
        return Answer.mappings(ask("status", Map.of()), "health").stream()
                .map(line -> new HealthLine(
                        Answer.text(line, "plugin"),
                        Answer.text(line, "name"),
                        Boolean.TRUE.equals(line.get("ok")),
                        Answer.text(line, "message")))
                .toList();
    }

    /** Waits until it is known what came of all that was unloaded, and tells what has leaked. */
    List<String> leaks() {
        InsideHost running = inside();
        if (!until(running::isSettled, KNOWN)) {
            return List.of("it is not known after " + KNOWN.toSeconds() + " s whether plugins were unloaded");
        }
        return running.leaks().stream()
                .map(leak -> "plugin \"" + leak.get("plugin") + "\" has leaked: version " + leak.get("version")
                        + " was unloaded and is still in memory: " + leak.get("reason"))
                .toList();
    }

    void await(Executable assertions) {
        Throwable[] last = new Throwable[1];
        boolean held = until(
                () -> {
                    try {
                        assertions.execute();
                        return true;
                    } catch (VirtualMachineError e) {
                        throw e;
                    } catch (Throwable e) {
                        last[0] = e;
                        return false;
                    }
                },
                patience);
        if (!held) {
            Throwable failure = last[0];
            String words = failure instanceof AssertionError ? failure.getMessage() : String.valueOf(failure);
            throw new AssertionError("after " + patience.toSeconds() + " s: " + words + "\n" + state(), failure);
        }
    }

    private static boolean until(BooleanSupplier condition, Duration patience) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began >= patience.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** How things are, for a person. */
    String state() {
        Map<String, @Nullable Object> status = ask("status", Map.of());
        StringBuilder text = new StringBuilder("in the host:");
        plugins().forEach(plugin -> text.append("\n  ").append(plugin.told()));
        Answer.mappings(status, "tables")
                .forEach(table -> text.append("\n  table \"")
                        .append(Answer.text(table, "name"))
                        .append("\" has ")
                        .append(Answer.text(table, "objects"))
                        .append(" row(s)"));
        Answer.mappings(status, "reconcilers").forEach(reconciler -> {
            text.append("\n  reconciler ")
                    .append(Answer.text(reconciler, "name"))
                    .append(": ");
            text.append(Answer.text(reconciler, "message"));
            Answer.mappings(reconciler, "failures")
                    .forEach(row -> text.append("\n    ")
                            .append(Answer.text(row, "key"))
                            .append(": ")
                            .append(Answer.text(Answer.mapping(row, "status"), "error")));
            Answer.texts(reconciler, "problems")
                    .forEach(problem -> text.append("\n    ").append(problem));
        });
        Answer.mappings(status, "sources")
                .forEach(source -> Answer.texts(source, "problems")
                        .forEach(problem -> text.append("\n  ").append(problem)));
        health().stream()
                .filter(line -> !line.ok())
                .forEach(line ->
                        text.append("\n  ").append(line.name()).append(": ").append(line.message()));
        return text.toString();
    }

    /** What it had logged when it ended that a person should read, the last of it. */
    synchronized List<String> warnings() {
        List<String> lines = logged.stream()
                .filter(line -> line.startsWith("WARN") || line.startsWith("ERROR"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - WARNINGS), lines.size());
    }

    /**
     * Stops the plugins, then the host, and deletes the home.
     *
     * @param mayHaveFailed of these plugins it is known that they have failed
     * @return what is not as it should be
     */
    synchronized List<String> end(Set<String> mayHaveFailed) {
        List<String> problems = new ArrayList<>();
        try {
            if (inside != null && threads != null) {
                end(inside, threads, mayHaveFailed, problems);
            }
        } finally {
            home.delete();
        }
        return problems;
    }

    private void end(InsideHost running, HostThreads calling, Set<String> mayHaveFailed, List<String> problems) {
        try {
            if (started) {
                problems.addAll(endPlugins(mayHaveFailed));
            }
        } finally {
            running.stop();
            logged = running.log();
            calling.close();
        }
        until(() -> calling.left().isEmpty(), problems.isEmpty() ? THREADS_END : Duration.ofMillis(100));
        calling.left().stream()
                .filter(thread -> problems.stream().noneMatch(problem -> problem.contains(thread.name())))
                .forEach(thread -> problems.add(thread.told()));
    }

    private List<String> endPlugins(Set<String> mayHaveFailed) {
        Map<String, String> failed = new LinkedHashMap<>();
        List<HostedPlugin> plugins = plugins();
        plugins.stream()
                .filter(plugin -> plugin.state() != State.STOPPED && plugin.state() != State.LEAKED)
                .filter(plugin -> !plugin.isWell())
                .forEach(plugin -> failed.put(plugin.id(), plugin.told()));
        plugins.stream()
                .filter(plugin -> plugin.state() == State.ACTIVE)
                .forEach(plugin -> ask("plugins.stop", Map.of("id", plugin.id())));
        plugins().stream()
                .filter(plugin -> plugin.state() == State.FAILED)
                .forEach(plugin -> failed.putIfAbsent(plugin.id(), plugin.told()));
        failed.keySet().removeAll(mayHaveFailed);
        List<String> problems = new ArrayList<>(failed.values());
        List<String> leaks = leaks();
        // Of one that goes on, what came before it and leaked is all that is to be said against it: once.
        problems.removeIf(problem -> !leaks.isEmpty() && problem.contains(" is still in memory: "));
        problems.addAll(leaks);
        return problems;
    }
}
