package dev.homeostat.testkit;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Operations whose deletes are done, but the first answer of each is lost, when somebody says so. */
final class LosingAnswers<T> implements Operations<T> {
    private final Operations<T> operations;
    private final BooleanSupplier answersAreLost;

    LosingAnswers(Operations<T> operations, BooleanSupplier answersAreLost) {
        this.operations = operations;
        this.answersAreLost = answersAreLost;
    }

    /** Whether these have a prune of their own. */
    static boolean prunes(Operations<?> operations) {
        return Arrays.stream(operations.getClass().getMethods())
                .filter(method -> method.getName().equals("prune"))
                .anyMatch(method -> !method.getDeclaringClass().isInterface());
    }

    @Override
    public Outcome update(OperationContext context, T row) throws Exception {
        return operations.update(context, row);
    }

    @Override
    public Outcome delete(OperationContext context, T row) throws Exception {
        Outcome outcome = operations.delete(context, row);
        return answersAreLost.getAsBoolean() && context.attempt() == 1 ? Outcome.retry("the answer was lost") : outcome;
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        operations.prune(context, desired);
    }
}
