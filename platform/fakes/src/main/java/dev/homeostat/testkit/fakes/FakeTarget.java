package dev.homeostat.testkit.fakes;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A target system in memory: named objects, the operations that a reconciler moves it with, a record of every call, and {@linkplain Fault faults} on
 * demand. Its prune registers every object that no desired row names.
 *
 * <p>Safe for all threads; a fault runs outside of its lock.
 *
 * @param <T> the type of the rows
 */
public class FakeTarget<T> implements Operations<T> {
    /** The name under which {@link #next} takes faults of the prune itself. */
    public static final String PRUNE = "prune";

    private final Function<? super T, String> name;
    private final Function<String, Key> key;
    private final SortedMap<String, T> objects = new TreeMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private final Map<String, Fault> always = new HashMap<>();

    /**
     * One call of an operation.
     *
     * @param operation {@code update}, {@code delete}, {@code observe}, {@code prune} or {@code remove}
     * @param name the object's name; empty for a prune
     */
    public record Call(
            String operation,
            String name,
            Cause cause,
            long generation,
            int attempt,
            Map<String, String> facts,
            Instant deadline) {
        /** Such as {@code update a}. */
        @Override
        public String toString() {
            return name.isEmpty() ? operation : operation + " " + name;
        }
    }

    /**
     * An empty target.
     *
     * @param name the name of the object that a row desires
     * @param key the key of the row that an object of that name would belong to
     */
    public FakeTarget(Function<? super T, String> name, Function<String, Key> key) {
        this.name = requireNonNull(name, "name");
        this.key = requireNonNull(key, "key");
    }

    /** Does these faults to the coming operations on that object, one each. */
    public final synchronized void next(String object, Fault... faults) {
        next.computeIfAbsent(object, _ -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** Does this fault to every operation on that object for which {@link #next} has none. */
    public final synchronized void always(String object, Fault fault) {
        always.put(object, fault);
    }

    /** Ends all faults. */
    public final synchronized void heal() {
        next.clear();
        always.clear();
    }

    /** Puts an object there behind the reconciler's back; null takes it away. */
    public final synchronized void tamper(String object, @Nullable T value) {
        if (value == null) {
            objects.remove(object);
        } else {
            objects.put(object, value);
        }
    }

    /** The objects as of now. */
    public final synchronized SortedMap<String, T> objects() {
        return new TreeMap<>(objects);
    }

    private synchronized @Nullable T object(String object) {
        return objects.get(object);
    }

    /** All calls so far, in the order in which they began. */
    public final synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** All calls so far as text, such as {@code update a}. */
    public final synchronized List<String> log() {
        return calls.stream().map(Call::toString).toList();
    }

    /** The number of calls like that, such as {@code update a}. */
    public final synchronized long count(String call) {
        return calls.stream().filter(one -> one.toString().equals(call)).count();
    }

    /** The latest call like that. */
    public final synchronized Call last(String call) {
        return calls.reversed().stream()
                .filter(one -> one.toString().equals(call))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call " + call + " in " + log()));
    }

    /** Forgets the calls so far. */
    public final synchronized void forgetCalls() {
        calls.clear();
    }

    @Override
    public Outcome update(OperationContext context, T row) throws Exception {
        String object = name.apply(row);
        return run("update", object, context, () -> {
            tamper(object, row);
            return Outcome.done();
        });
    }

    @Override
    public Outcome delete(OperationContext context, T row) throws Exception {
        String object = name.apply(row);
        return run("delete", object, context, () -> {
            tamper(object, null);
            return Outcome.done();
        });
    }

    /** Compares the object with the row; {@link #canObserve} decides whether it can. */
    @Override
    public Observation observe(OperationContext context, T row) throws Exception {
        if (!canObserve()) {
            return Observation.unsupported();
        }
        String object = name.apply(row);
        AtomicReference<@Nullable Observation> seen = new AtomicReference<>();
        Outcome outcome = run("observe", object, context, () -> {
            T present = object(object);
            if (present == null || !isAsDesired(present, row)) {
                seen.set(Observation.drift(present == null ? object + " is missing" : object + " is " + present));
            }
            return Outcome.done();
        });
        if (!(outcome instanceof Outcome.Done)) {
            throw new IllegalStateException(outcome.toString());
        }
        Observation drift = seen.get();
        return drift == null ? Observation.inSync() : drift;
    }

    /** Whether an object is as a row desires it; rows that carry statuses want more than equality. */
    protected boolean isAsDesired(T object, T row) {
        return row.equals(object);
    }

    /** Whether it can tell of drift; a test may say no. */
    protected boolean canObserve() {
        return true;
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        Outcome outcome = run(PRUNE, "", context, () -> {
            Set<String> wanted = new HashSet<>();
            for (Row<T> row : desired) {
                wanted.add(name.apply(row.value()));
            }
            for (String object : objects().keySet()) {
                if (!wanted.contains(object)) {
                    register(context, object);
                }
            }
            return Outcome.done();
        });
        if (!(outcome instanceof Outcome.Done)) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    /** Registers one removal; a test may register it in another way. */
    protected void register(PruneContext context, String object) {
        context.remove(object, key.apply(object), removal -> remove(removal, object));
    }

    /** Removes one object, as a removal that was registered does. */
    protected final void remove(OperationContext context, String object) throws Exception {
        Outcome outcome = run("remove", object, context, () -> {
            tamper(object, null);
            return Outcome.done();
        });
        if (!(outcome instanceof Outcome.Done)) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    private Outcome run(String operation, String object, OperationContext context, Callable<Outcome> action)
            throws Exception {
        return begin(operation, object, context).strike(context, action);
    }

    private synchronized Fault begin(String operation, String object, OperationContext context) {
        calls.add(new Call(
                operation,
                object,
                context.cause(),
                context.generation(),
                context.attempt(),
                Map.copyOf(context.facts()),
                context.deadline()));
        String subject = object.isEmpty() ? operation : object;
        Deque<Fault> queue = next.get(subject);
        if (queue != null && !queue.isEmpty()) {
            return queue.remove();
        }
        return always.getOrDefault(subject, Fault.none());
    }
}
