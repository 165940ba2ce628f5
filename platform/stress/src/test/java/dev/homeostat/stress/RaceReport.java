package dev.homeostat.stress;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a race came to.
 *
 * @param status {@code NORMAL} where the race ran to its end; else what kept it from that, such as an exception in an actor
 * @param output all that the JVM said
 */
record RaceReport(String status, List<Outcome> outcomes, String output) {
    static final String STATUS = "status\t";
    static final String OUTCOME = "outcome\t";

    /** One outcome of a race: how often it was seen, and how that is judged. */
    record Outcome(String expect, long count, String id) {}

    /** The longest that a race goes on for what it must see. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Races the code as it is. */
    static RaceReport ofSound(String race, Duration atLeast, String... flags) {
        return parsed(Fork.run(
                flags(flags), limit(atLeast), RaceFork.class, arguments(race, atLeast, atLeast.plus(PATIENCE))));
    }

    /** Races the code with a bug in front of it, until the bug shows. */
    static RaceReport ofPlanted(String race, Path bug) {
        return parsed(Fork.run(
                bug,
                flags("-Dstress.patience=PT1S"),
                limit(PATIENCE),
                RaceFork.class,
                arguments(race, PATIENCE, PATIENCE)));
    }

    /** The outcomes that were seen and must not be. */
    List<Outcome> forbidden() {
        return outcomes.stream()
                .filter(outcome -> outcome.expect.equals("FORBIDDEN") && outcome.count > 0)
                .toList();
    }

    /** Whether an actor failed inside of the production code: a bug may also leave behind what the next one stumbles over. */
    boolean brokeInside() {
        String place = output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("at dev.homeostat."))
                .findFirst()
                .orElse("at dev.homeostat.stress.");
        return status.endsWith("TEST_ERROR") && !place.startsWith("at dev.homeostat.stress.");
    }

    /** The outcomes that must be seen and were not. */
    List<Outcome> missed() {
        return outcomes.stream()
                .filter(outcome -> outcome.expect.equals("ACCEPTABLE") && outcome.count == 0)
                .toList();
    }

    private static RaceReport parsed(Fork.Ended fork) {
        String status = "none: the JVM ended with " + fork.exitCode();
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : fork.output().lines().toList()) {
            if (line.startsWith(STATUS)) {
                status = line.substring(STATUS.length());
            } else if (line.startsWith(OUTCOME)) {
                String[] parts = line.split("\t", -1);
                outcomes.add(new Outcome(parts[1], Long.parseLong(parts[2]), parts[3]));
            }
        }
        return new RaceReport(status, outcomes, fork.output());
    }

    private static String[] arguments(String race, Duration atLeast, Duration atMost) {
        return new String[] {race, atLeast.toMillis() + "", atMost.toMillis() + ""};
    }

    private static List<String> flags(String... more) {
        List<String> flags = new ArrayList<>(List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC", "-Xshare:auto"));
        flags.addAll(List.of(more));
        return flags;
    }

    private static Duration limit(Duration atLeast) {
        return atLeast.plus(PATIENCE).plusSeconds(40);
    }
}
