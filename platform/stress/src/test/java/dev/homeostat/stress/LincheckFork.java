package dev.homeostat.stress;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * The main class of a JVM in which Lincheck looks at the operations of one class. Arguments: how ({@code STRESS} or {@code MODEL}), the class, the number of
 * scenarios, and how often each is run. Ends with 0 where all was linearizable, with {@link #FOUND} where it was not, with anything else where Lincheck
 * itself failed.
 */
final class LincheckFork {
    static final int FOUND = 9;

    private LincheckFork() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        Class<?> operations = Class.forName(arguments[1]);
        int scenarios = Integer.parseInt(arguments[2]);
        int runs = Integer.parseInt(arguments[3]);
        int exitCode = 0;
        try {
            switch (arguments[0]) {
                case "STRESS" ->
                    new StressOptions()
                            .iterations(scenarios)
                            .invocationsPerIteration(runs)
                            .threads(2)
                            .actorsPerThread(2)
                            .actorsBefore(1)
                            .actorsAfter(1)
                            .check(operations);
                case "MODEL" ->
                    new ModelCheckingOptions()
                            .iterations(scenarios)
                            .invocationsPerIteration(runs)
                            .threads(2)
                            .actorsPerThread(2)
                            .actorsBefore(1)
                            .actorsAfter(1)
                            .check(operations);
                default -> throw new IllegalArgumentException("STRESS or MODEL, not " + arguments[0]);
            }
        } catch (LincheckAssertionError e) {
            System.out.println(e.getMessage());
            exitCode = FOUND;
        }
        System.out.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
