package dev.homeostat.benchmarks.report;

import java.util.stream.Collectors;

/** The Java that was measured, and for how long. */
final class MachineSection implements Section {
    @Override
    public String name() {
        return "machine";
    }

    @Override
    public String render(Results results) {
        return results.jvm() + ".\n\n"
                + results.paces().stream()
                        .sorted()
                        .map(pace -> "- " + pace + "\n")
                        .collect(Collectors.joining());
    }
}
