package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.testkit.fakes.Gate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A target that takes batches. */
final class BatchTarget implements BatchOperations<Item> {
    final List<String> calls = new ArrayList<>();
    final List<Integer> sizes = new ArrayList<>();
    final List<Cause> causes = new ArrayList<>();
    final List<Integer> attempts = new ArrayList<>();
    final TreeMap<String, String> done = new TreeMap<>();
    final TreeMap<String, String> faults = new TreeMap<>();
    final TreeMap<String, Map<String, String>> facts = new TreeMap<>();
    final Set<String> unset = new HashSet<>();
    final Set<String> throwsAt = new HashSet<>();
    final Set<String> busy = new HashSet<>();
    int overlaps;
    boolean transactional;
    boolean halves;

    @Nullable
    Gate gate;

    String heldAt = "";
    String learns = "";

    @Nullable
    Gate deleteGate;

    @Nullable
    Gate hang;

    String hangsAt = "";

    @Nullable
    Throwable late;

    @Override
    public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) throws Exception {
        note("update", entries);
        assertThat(entries).allSatisfy(entry -> assertThat(entry.deadline()).isEqualTo(context.deadline()));
        if (gate != null && calls.getLast().contains(heldAt)) {
            gate.await();
        }
        for (BatchEntry<Item> entry : transactional ? entries : List.<BatchEntry<Item>>of()) {
            check(entry);
        }
        for (BatchEntry<Item> entry : entries) {
            String name = entry.row().name();
            check(entry);
            if (name.equals(hangsAt)) {
                hangsAt = "";
                requireNonNull(hang, "hang").awaitUninterruptibly();
                try {
                    entry.result(Outcome.done());
                } catch (IllegalStateException e) {
                    late = e;
                }
                break;
            }
            if (faults.containsKey(name)) {
                entry.result(Outcome.retry(faults.get(name)));
            } else if (!unset.contains(name)) {
                done.put(name, entry.row().text());
                entry.result(Outcome.done());
            }
        }
        entries.forEach(entry -> busy.remove(entry.row().name()));
    }

    @Override
    public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) throws Exception {
        note("delete", entries);
        if (deleteGate != null) {
            deleteGate.await();
        }
        entries.forEach(entry -> {
            done.remove(entry.row().name());
            entry.result(Outcome.done());
            busy.remove(entry.row().name());
        });
    }

    @Override
    public boolean bisect(Throwable failure) {
        return halves;
    }

    private void check(BatchEntry<Item> entry) {
        if (throwsAt.contains(entry.row().name())) {
            busy.clear();
            throw new IllegalStateException("at " + entry.row().name());
        }
    }

    private void note(String operation, List<BatchEntry<Item>> entries) {
        List<String> names = entries.stream().map(entry -> entry.row().name()).toList();
        calls.add(operation + " " + names);
        sizes.add(names.size());
        entries.forEach(entry -> {
            causes.add(entry.cause());
            attempts.add(entry.attempt());
            facts.put(entry.row().name(), entry.facts());
            if (!learns.isEmpty()) {
                entry.learn("id", learns);
            }
            overlaps += busy.add(entry.row().name()) ? 0 : 1;
        });
    }
}
