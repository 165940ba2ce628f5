package dev.homeostat.testkit;

/** One thing that {@link OperationsTest} checks. Made by the testkit. */
public interface OperationsCheck {
    /**
     * Checks it.
     *
     * @throws AssertionError if the operations get it wrong; the message says what, in plain words
     */
    <T> void run(OperationsTest<T> test) throws Exception;
}
