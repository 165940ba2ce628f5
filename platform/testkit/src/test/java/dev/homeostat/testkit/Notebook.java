package dev.homeostat.testkit;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.nio.file.AccessDeniedException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A target in a map, with operations that do it right; tests override what they want to be wrong. */
class Notebook implements OperationsTarget<Note>, Operations<Note> {
    final SortedMap<String, String> pages = new TreeMap<>();
    final Set<String> refused = new HashSet<>();

    @Override
    public Operations<Note> operations(RWTable<Note> table) {
        return this;
    }

    @Override
    public Object look() {
        return new TreeMap<>(pages);
    }

    @Override
    public boolean spoil(Note row) {
        pages.put(row.name(), "spoilt");
        return true;
    }

    @Override
    public boolean refuse(Note row) {
        return refused.add(row.name());
    }

    @Override
    public Outcome update(OperationContext context, Note row) throws Exception {
        requireGranted(row);
        pages.put(row.name(), row.text());
        return Outcome.done();
    }

    @Override
    public Outcome delete(OperationContext context, Note row) throws Exception {
        requireGranted(row);
        pages.remove(row.name());
        return Outcome.done();
    }

    @Override
    public Observation observe(OperationContext context, Note row) throws Exception {
        String text = pages.get(row.name());
        return row.text().equals(text) ? Observation.inSync() : Observation.drift("the page has " + text);
    }

    @Override
    public void prune(PruneContext context, Rows<Note> desired) throws Exception {
        Set<String> wanted = desired.values().map(Note::name).collect(Collectors.toSet());
        for (String name : pages.keySet()) {
            if (!wanted.contains(name)) {
                register(context, name);
            }
        }
    }

    private void requireGranted(Note row) throws AccessDeniedException {
        if (refused.contains(row.name())) {
            throw new AccessDeniedException(row.name());
        }
    }

    final void register(PruneContext context, String name) {
        context.remove(name, Keys.STRING.encode(name), _ -> pages.remove(name));
    }
}
