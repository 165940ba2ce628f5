package dev.homeostat.plugintest;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What came of a test class that was run within a test.
 *
 * @param succeeded the names of tests that did
 * @param failures what the others, and containers, failed with
 */
record Run(List<String> succeeded, List<Throwable> failures, Duration took) {
    static Run of(Class<?> testClass) {
        List<String> succeeded = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        long began = System.nanoTime();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(testClass))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable().ifPresent(failures::add);
                                if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                                    succeeded.add(test.getDisplayName());
                                }
                            }
                        });
        return new Run(List.copyOf(succeeded), List.copyOf(failures), Duration.ofNanos(System.nanoTime() - began));
    }

    /** What the only failure says, with what is suppressed in it. */
    String complaint() {
        if (failures.size() != 1) {
            throw new AssertionError("not one failure, but " + failures);
        }
        StringBuilder text =
                new StringBuilder(String.valueOf(failures.getFirst().getMessage()));
        Arrays.stream(failures.getFirst().getSuppressed())
                .forEach(more -> text.append("\nsuppressed: ").append(more.getMessage()));
        return text.toString();
    }
}
