package dev.homeostat.stress;

import java.util.List;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.grading.TestGrading;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.SpinLoopStyle;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * The main class of a JVM that runs one race: by the runner that jcstress generated for it, and with jcstress's grading. What jcstress's own main class adds
 * is left out, because it costs five seconds before the first race: it probes the machine and the JVM.
 *
 * <p>Arguments: the race's class, the milliseconds to race at least, and at most. It goes on past the first until everything that must be seen was seen, and
 * ends before it when something forbidden was.
 */
final class RaceFork {
    private RaceFork() {}

    public static void main(String[] arguments) throws Exception {
        TestResult all = race(arguments[0], Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
        System.out.println(RaceReport.STATUS + all.status());
        for (GradingResult outcome : TestGrading.grade(all).gradingResults.values()) {
            System.out.println(RaceReport.OUTCOME + outcome.expect.name() + "\t" + outcome.count + "\t" + outcome.id);
        }
        all.getMessages().forEach(System.out::println);
        System.out.flush();
        // Actors of a race that found a bug may hang.
        Runtime.getRuntime().halt(0);
    }

    private static TestResult race(String name, long atLeast, long atMost) throws Exception {
        TestInfo info = TestList.getInfo(name);
        SchedulingClass anywhere = new SchedulingClass(AffinityMode.NONE, info.threads(), NodeType.PACKAGE);
        TestConfig config = new TestConfig(new Slice(), info, 0, List.of(), CompileMode.UNIFIED, anywhere);
        TestResult all = new TestResult(Status.NORMAL);
        all.setConfig(config);
        long start = System.nanoTime();
        long millis = 0;
        while (millis < atLeast || (millis < atMost && !complete(all))) {
            Runner<?> runner = Class.forName(info.generatedRunner())
                    .asSubclass(Runner.class)
                    .getConstructor(ForkedTestConfig.class)
                    .newInstance(new ForkedTestConfig(config));
            TestResult slice = runner.run();
            slice.setConfig(config);
            if (slice.status() != Status.NORMAL) {
                return slice;
            }
            all.addState(slice.getCounter());
            if (any(all, Expect.FORBIDDEN)) {
                return all;
            }
            millis = (System.nanoTime() - start) / 1_000_000;
        }
        return all;
    }

    /** Whether everything that must be seen was seen. */
    private static boolean complete(TestResult result) {
        return TestGrading.grade(result).gradingResults.values().stream()
                .noneMatch(outcome -> outcome.expect == Expect.ACCEPTABLE && outcome.count == 0);
    }

    private static boolean any(TestResult result, Expect expect) {
        return TestGrading.grade(result).gradingResults.values().stream()
                .anyMatch(outcome -> outcome.expect == expect && outcome.count > 0);
    }

    /**
     * One slice of a race. Not parsed from a command line, because that burns a second to count the processors. Before each slice jcstress runs some thirty
     * times as many states as a slice has at once, to see what fits: few states keep that short. Actors yield at the start, because others may want the processors too.
     */
    private static final class Slice extends Options {
        Slice() {
            super(new String[0]);
        }

        @Override
        public int getIterations() {
            return 1;
        }

        @Override
        public int getTime() {
            return 200; // milliseconds
        }

        @Override
        public int getStrideSize() {
            return 64;
        }

        @Override
        public int getStrideCount() {
            return 8;
        }

        @Override
        public int getMaxFootprintMb() {
            return 64;
        }

        @Override
        public SpinLoopStyle getSpinStyle() {
            return SpinLoopStyle.THREAD_YIELD;
        }
    }
}
