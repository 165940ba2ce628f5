package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.ReconciledUpTo;
import dev.homeostat.api.reconcile.ReconcilerHealth;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.WaitResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What there is to say about a reconciler as a whole. Everything here is called under the event loop's lock, and none of it searches; what was not come to is counted 64 at a time. */
final class Findings {
    private static final int LISTED = 10;
    private static final int LISTED_HUNG = 5;
    private static final int LISTED_CYCLES = 3;

    /** The others name only what they are blocked on themselves: to follow a hundred thousand chains takes long. */
    private static final int CHAINS_SPELLED_OUT = 100;

    /** Chains may be long, and many lead to one cycle. */
    private static final int MOST_LOOKED_AT = 50;

    private Findings() {}

    static <T> ReconcilerHealth health(Setup<T> setup, Core<T> core) {
        Backlog<T> backlog = core.backlog();
        long failing = backlog.failing().size();
        long deletes = backlog.undoneDeletes() + core.notComeTo().deletes();
        long objects = rows(setup) + deletes;
        List<ReconcilerHealth.Failing> failures = backlog.failing().inOrder().stream()
                .limit(LISTED)
                .map(work -> failing(setup, work))
                .toList();
        List<String> problems = problems(setup, core);
        boolean ok = failing == 0 && problems.isEmpty();
        String message = failing > 0
                ? failing + " of " + objects + " object(s) fail" + failingNote(core)
                : (problems.isEmpty() ? "OK, " : "degraded, ") + objects + " object(s)" + deletesNote(deletes);
        return new ReconcilerHealth(
                ok, message + modeNote(setup, core) + pruneNote(setup, core), objects, failing, failures, problems);
    }

    /** They are objects of the target, and not of the table any more. */
    private static String deletesNote(long deletes) {
        return deletes == 0 ? "" : ", " + deletes + " of them to be deleted";
    }

    private static String failingNote(Core<?> core) {
        long permanent = core.backlog().failing().permanent();
        long blocked = core.blockers().works();
        String note = (permanent == 0 ? "" : permanent + " for good")
                + (permanent == 0 || blocked == 0 ? "" : ", ")
                + (blocked == 0 ? "" : blocked + " blocked");
        return note.isEmpty() ? "" : " (" + note + ")";
    }

    /** Nothing here is a fault, since somebody wanted it so; but nobody may have to wonder why nothing happens. */
    private static <T> String modeNote(Setup<T> setup, Core<T> core) {
        int rows = setup.paused().size();
        String paused = rows == 0 ? "" : "; " + rows + " row(s) paused";
        if (core.stopping().hasBegun()) {
            return paused;
        }
        return switch (core.options().mode()) {
                    case APPLY -> "";
                    case PLAN -> "; plans only, " + setup.plan().size() + " change(s) planned";
                    case PAUSED ->
                        "; paused, "
                                + (core.backlog().queued() + core.notComeTo().all()) + " waiting";
                }
                + paused;
    }

    static <T> WaitResult waitResult(Setup<T> setup, Backlog<T> backlog, Wait wait) {
        List<WaitResult.Failure> failed = new ArrayList<>();
        for (Work<T> work : backlog.failing().inOrder()) {
            Status error = work.error;
            if (error != null && (error.isPermanent() || work.isStuck()) && work.generation <= wait.revision) {
                boolean spelledOut = failed.size() < CHAINS_SPELLED_OUT;
                failed.add(new WaitResult.Failure(setup.text(work.key), reason(setup, work, error, spelledOut)));
            }
        }
        return new WaitResult(failed.isEmpty(), failed, "");
    }

    private static <T> String reason(Setup<T> setup, Work<T> work, Status error, boolean spelledOut) {
        BlockingRow<T> on = work.blockedOn;
        if (on == null) {
            return String.valueOf(error.error());
        }
        return error.error() + "; blocked on "
                + (spelledOut ? BlockedChain.from(setup.blocker(work.key), on).afterOwn() : on.name.toString());
    }

    static <T> ReconciledUpTo reconciledUpTo(Backlog<T> backlog, long position) {
        long attempted = position;
        long lowestFailing = 0;
        for (Work<T> work : backlog.all()) {
            if (!work.attempted && work.generation != Work.NO_GENERATION) {
                attempted = Math.min(attempted, work.generation - 1);
            }
            if (work.error != null && (lowestFailing == 0 || work.generation < lowestFailing)) {
                lowestFailing = work.generation;
            }
        }
        return new ReconciledUpTo(attempted, lowestFailing);
    }

    /** What operations run against the rules: their deadline has passed, and they have not ended. */
    private static <T> List<String> problems(Setup<T> setup, Core<T> core) {
        List<String> problems = new ArrayList<>();
        if (core.stopping().hasBegun()) {
            problems.add("stopped: " + core.stopping().reason());
        }
        HeldPrune held = core.pruner().held();
        if (held != null) {
            problems.add("prune " + held.number() + " is held, nothing was removed: " + held.reason()
                    + "; see its list, then confirm " + held.number() + " or mend the table");
        }
        String prune = core.pruner().problem();
        if (prune != null) {
            problems.add(prune);
        }
        addHung(problems, setup, core.slots().abandoned());
        addCycles(problems, core);
        String own = core.problem();
        if (own != null) {
            problems.add(own);
        }
        return problems;
    }

    /** The first of them have hung for longest. */
    private static <T> void addHung(List<String> problems, Setup<T> setup, Collection<Attempt<T>> abandoned) {
        abandoned.stream().limit(LISTED_HUNG).forEach(hung -> {
            Work<T> work = hung.workOrNull();
            String subject = hung.operation() + (work == null ? "" : " of " + setup.text(work.key));
            problems.add(subject + " passed its deadline of " + Span.text(Duration.ofNanos(hung.allowedNanos()))
                    + " and hangs: it has run for " + Span.text(Duration.ofNanos(hung.tookNanos())) + "; "
                    + (work == null ? "the next prune" : "its key") + " waits until it ends");
        });
        if (abandoned.size() > LISTED_HUNG) {
            problems.add(abandoned.size() + " operations hang in all, these are the oldest");
        }
    }

    /** Rows that wait for one another, in a circle. */
    private static <T> void addCycles(List<String> problems, Core<T> core) {
        Set<String> cycles = new LinkedHashSet<>();
        core.blockers().stuck().stream().limit(MOST_LOOKED_AT).forEach(row -> {
            BlockedChain chain = BlockedChain.from(null, row);
            if (chain.isCycle() && cycles.size() < LISTED_CYCLES) {
                cycles.add(chain.cycle());
            }
        });
        cycles.forEach(cycle -> problems.add(cycle + "; none of them can go first: change or delete one"));
    }

    static <T> FailureGroups groups(Setup<T> setup, Backlog<T> backlog, int most) {
        List<FailureGroup> largest = backlog.failing().byError().largest(most).stream()
                .map(group -> new FailureGroup(group.error(), group.count(), failing(setup, group.oldest())))
                .toList();
        long listed = largest.stream().mapToLong(FailureGroup::count).sum();
        return new FailureGroups(
                largest, backlog.failing().byError().size(), backlog.failing().size() - listed);
    }

    static <T> ReconcilerHealth.Failing failing(Setup<T> setup, Work<T> work) {
        Status error = work.error;
        if (error == null) {
            throw new IllegalStateException("does not fail: " + work);
        }
        Instant since = work.failingSince == null ? error.updatedAt() : work.failingSince;
        return new ReconcilerHealth.Failing(setup.text(work.key), work.delete, error, since);
    }

    private static <T> String pruneNote(Setup<T> setup, Core<T> core) {
        String state = pruneState(setup, core);
        return state.startsWith("waits") ? "; prune " + state : "";
    }

    static <T> String pruneState(Setup<T> setup, Core<T> core) {
        try {
            return core.stopping().hasBegun()
                    ? "never: " + core.stopping().reason()
                    : core.options().mode() == Mode.PAUSED
                            ? "paused"
                            : core.pruner()
                                    .state(
                                            setup.scheduler().instant(),
                                            setup.scheduler().nanoTime());
        } catch (TableRemovedException e) {
            return "never: the table was removed";
        }
    }

    private static <T> long rows(Setup<T> setup) {
        try {
            return setup.table().count(setup.database().readTxn());
        } catch (TableRemovedException e) {
            return 0;
        }
    }

    static <T> List<Key> undoneDeletes(Core<T> core) {
        return core.backlog().all().stream()
                .filter(Work::isUndoneDelete)
                .map(work -> work.key)
                .sorted()
                .toList();
    }
}
